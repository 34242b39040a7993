// SPDX-License-Identifier: GPL-2.0-only
//
// known.js REPORT OUT: what is new and what is known in a report, as its reader sees
// it; a screenshot goes to the folder OUT.
'use strict';

const { chromium } = require('playwright-core');

const [report, out] = process.argv.slice(2);

async function main() {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: process.getuid() ? [] : ['--no-sandbox'],
	});
	const page = await browser.newPage();
	let errors = 0;

	page.on('pageerror', () => errors++);
	await page.goto(`file://${report}/index.html`);
	await page.screenshot({ path: `${out}/known.png`, fullPage: true });
	const fresh = await page.locator('.findings:not(.known) .message').allInnerTexts();
	const known = page.locator('.findings.known li');

	console.log(`${fresh.length} new:`, fresh.join('; '));
	console.log(`${await known.count()} known, card`,
		await page.locator('.card[href="#known"] b').innerText());
	await known.first().locator('a').click();
	await page.waitForURL(/finding-.*\.html$/);
	console.log('mark:', await page.locator('.sub .known').innerText());
	console.log(`${errors} errors`);
	await browser.close();
}

main().catch((error) => { console.log(`error: ${error.message}`); process.exit(1); });
