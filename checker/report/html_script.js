// SPDX-License-Identifier: GPL-2.0-only
'use strict';

// Search: every word has to be somewhere in the entry.

const search = document.getElementById('search');
const hits = document.getElementById('hits');
let chosen = -1;

function find(text) {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const fits = (entry) => {
		const all = entry.slice(0, 3).join(' ').toLowerCase();
		return words.every((word) => all.includes(word));
	};

	return words.length ? SEARCH.filter(fits) : [];
}

function element(name, text) {
	const made = document.createElement(name);

	made.textContent = text;
	return made;
}

function hit([kind, title, more, page]) {
	const item = document.createElement('li');
	const link = document.createElement('a');

	link.href = page;
	link.append(element('em', kind), element('span', title));
	if (more)
		link.append(element('small', more));
	item.append(link);
	return item;
}

function show() {
	const found = find(search.value);

	chosen = -1;
	hits.hidden = !search.value.trim();
	hits.replaceChildren(...found.slice(0, 40).map(hit));
	if (!found.length)
		hits.append(element('p', 'Nothing of that name.'));
	else if (found.length > 40)
		hits.append(element('p', `and ${found.length - 40} more`));
}

function choose(step) {
	const links = hits.querySelectorAll('a');

	if (!links.length)
		return;
	chosen = (chosen + step + links.length) % links.length;
	links.forEach((link, i) => link.classList.toggle('on', i === chosen));
	links[chosen].scrollIntoView({ block: 'nearest' });
}

search.addEventListener('input', show);
search.addEventListener('focus', show);
search.addEventListener('keydown', (event) => {
	const links = hits.querySelectorAll('a');

	if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
		event.preventDefault();
		choose(event.key === 'ArrowDown' ? 1 : chosen < 0 ? 0 : -1);
	} else if (event.key === 'Enter' && links.length) {
		links[Math.max(chosen, 0)].click();
	} else if (event.key === 'Escape') {
		search.value = '';
		show();
		search.blur();
	}
});
document.addEventListener('keydown', (event) => {
	if (event.key === '/' && document.activeElement !== search) {
		event.preventDefault();
		search.focus();
	}
});
document.addEventListener('click', (event) => {
	if (!event.target.closest('.search') || event.target.closest('#hits a'))
		hits.hidden = true;
});

// Asserts of one verdict, findings of one rule; the address says which, so that it
// can be linked to.

const buttons = document.querySelectorAll('.filter button');

function filter(kind) {
	for (const button of buttons)
		button.setAttribute('aria-pressed', button.dataset.show === kind);
	for (const item of document.querySelectorAll('[data-kind]'))
		item.hidden = kind !== 'all' && item.dataset.kind !== kind;
	for (const file of document.querySelectorAll('section.file'))
		file.hidden = !file.querySelector('li:not([hidden])');
}

function follow() {
	const name = decodeURIComponent(location.hash.slice(1));
	const target = name && document.getElementById(name);

	if (buttons.length)
		filter([...buttons].some((b) => b.dataset.show === name) ? name : 'all');
	if (target instanceof HTMLDetailsElement)
		target.open = true;
	if (target)
		target.scrollIntoView();
}

for (const button of buttons)
	button.addEventListener('click', () => {
		history.replaceState(null, '', `#${button.dataset.show}`);
		filter(button.dataset.show);
	});
addEventListener('hashchange', follow);
follow();

// Over a lock in the drawing of all: its arrows, and what they lead to.

const drawing = document.querySelector('svg.all');

function light(name) {
	const on = new Set([name]);

	drawing.classList.toggle('some', Boolean(name));
	for (const way of drawing.querySelectorAll('.way')) {
		const here = way.dataset.from === name || way.dataset.to === name;

		way.classList.toggle('on', here);
		if (here)
			on.add(way.dataset.from).add(way.dataset.to);
	}
	for (const node of drawing.querySelectorAll('.node'))
		node.classList.toggle('on', on.has(node.dataset.lock));
}

for (const node of drawing ? drawing.querySelectorAll('.node') : []) {
	node.addEventListener('mouseenter', () => light(node.dataset.lock));
	node.addEventListener('mouseleave', () => light(null));
}
