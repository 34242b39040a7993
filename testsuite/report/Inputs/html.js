// SPDX-License-Identifier: GPL-2.0-only
//
// html.js REPORT OUT: look at a report as its readers do and print what they see;
// screenshots go to the folder OUT.
'use strict';

const fs = require('fs');
const { chromium } = require('playwright-core');

const [report, out] = process.argv.slice(2);
const pages = fs.readdirSync(report).filter((name) => name.endsWith('.html')).sort();
const sizes = {
	desktop: { viewport: { width: 1280, height: 900 } },
	phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
};
let elsewhere = 0, errors = 0;

const text = async (page, what) =>
	(await page.locator(what).first().textContent()).replace(/\s+/g, ' ').trim();

async function open(browser, options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();

	page.on('pageerror', (error) => { errors++; console.log(`error: ${error.message}`); });
	page.on('request', (request) => { elsewhere += !/^(file|data):/.test(request.url()); });
	return page;
}

const show = (page, name) => page.goto(`file://${report}/${name}`);

async function readIndex(page) {
	await show(page, 'index.html');
	const cards = await page.locator('.card b').allInnerTexts();

	console.log(`${await page.locator('.findings li').count()} findings:`,
		cards.slice(0, 4).join(' '));
	await page.click('.filter >> text=lock-order');
	console.log(`of lock-order: ${await page.locator('.findings li:visible').count()}`);
	await page.click('.filter >> text=all');
	console.log('allowed:', await text(page, '.allowed q'));
}

async function readFinding(page) {
	await page.click('.finding:has-text("for write")');
	console.log(await text(page, 'h1'));
	console.log('step:', await text(page, '.path li .what'), '|', await text(page, '.path .hold.new'), 'is new');
	console.log('end:', await text(page, '.path .end .holds'));
	await page.click('.path li summary');
	const line = page.locator('.path li details[open] .hit').first();

	console.log('code:', await line.getAttribute('data-n'), (await line.innerText()).trim());
}

async function searchLock(page) {
	await page.keyboard.press('/');
	await page.keyboard.type('unsync');
	const kinds = await page.locator('#hits em').allInnerTexts();
	const hit = page.locator('#hits li').nth(kinds.indexOf('lock'));

	console.log('search unsync: lock', await hit.locator('a > span').innerText());
	await hit.locator('a').click();
	await page.waitForURL(/locks\.html#/);
	console.log('lock:', await text(page, '.lock:target h3') + ',', 'outside it',
		await text(page, '.lock:target svg a .name'));
	console.log('taken:', (await text(page, '.lock:target summary')).replace('taken in ', ''));
	await page.locator('.lock:target svg a').first().click();
	await page.waitForURL(/#kvm\.mmu_lock$/);
}

// An arrow that runs behind a lock looks as if it came from there.
async function followArrows(page) {
	const [all, behind] = await page.evaluate(() => {
		const boxes = [...document.querySelectorAll('svg.all rect')].map((box) => box.getBBox());
		const ways = [...document.querySelectorAll('svg.all .way')];
		const inside = (p) => boxes.some((b) => p.x > b.x + 1 && p.x < b.x + b.width - 1 &&
			p.y > b.y + 1 && p.y < b.y + b.height - 1);
		const steps = [...Array(200).keys()];

		return [ways.length, ways.filter((way) => steps.some((i) =>
			inside(way.getPointAtLength(way.getTotalLength() * i / 200)))).length];
	});

	console.log(`arrows: ${all > 9 ? 'many' : all}, ${behind} behind locks`);
}

async function filterAsserts(page) {
	await page.click('nav >> text=Asserts');
	await page.click('.filter .broken');
	const shown = page.locator('[data-kind]:visible');
	const broken = page.locator('[data-kind=broken]');

	console.log(`broken: ${await shown.count()} of ${await broken.count()} shown,`,
		await text(page, '[data-kind=broken] code'));
	await page.click('[data-kind=broken] a.verdict');
	await page.waitForURL(/finding-.*\.html$/);
}

// A page fits if it need not be moved sideways, and nothing on it sticks out.
async function fits(browser, size) {
	const page = await open(browser, sizes[size]);
	let fit = 0;

	for (const name of pages) {
		await show(page, name);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);

		if (wide <= sizes[size].viewport.width)
			fit++;
		else
			console.log(`error: ${name} is ${wide} wide on a ${size}`);
		await page.screenshot({ path: `${out}/${size}-${name}.png` });
	}
	console.log(`${size}: ${fit} pages fit`);
	await page.context().close();
}

// How bright the page is, by its own screenshot.
async function brightness(browser, colorScheme) {
	const page = await open(browser, { colorScheme, viewport: { width: 600, height: 400 } });

	await show(page, 'index.html');
	const shot = await page.screenshot({ path: `${out}/${colorScheme}.png` });
	const sum = await page.evaluate(async (bytes) => {
		const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
		const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');

		canvas.drawImage(image, 0, 0);
		const { data } = canvas.getImageData(0, 0, image.width, image.height);
		return data.reduce((all, value, i) => all + (i % 4 === 3 ? 0 : value), 0) / data.length;
	}, [...shot]);
	await page.context().close();
	return sum;
}

async function main() {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: process.getuid() ? [] : ['--no-sandbox'],
	});
	const page = await open(browser, sizes.desktop);

	await readIndex(page);
	await readFinding(page);
	await searchLock(page);
	await followArrows(page);
	await filterAsserts(page);
	await fits(browser, 'desktop');
	await fits(browser, 'phone');
	const dark = await brightness(browser, 'dark'), light = await brightness(browser, 'light');

	console.log(dark < light / 3 ? 'dark is darker' : `dark is ${dark}, light ${light}`);
	console.log(`${elsewhere} requests to elsewhere, ${errors} errors`);
	await browser.close();
}

main().catch((error) => { console.log(`error: ${error.message}`); process.exit(1); });
