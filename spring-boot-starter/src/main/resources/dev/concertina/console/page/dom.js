/*
 * Elements, and how a part of the page becomes what it should be now. Whatever comes from the application is a text or an
 * attribute, never markup.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** What the user sets, and a new look at the application must leave alone. */
const OF_THE_USER = new Set(['open']);

/** Makes an element. Attributes that are null, undefined or false are left out, and so are children. */
export function el(tag, attributes = {}, ...children) {
	return furnish(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
	return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (!isMissing(value)) {
			element.setAttribute(name, value === true ? '' : String(value));
		}
	}
	element.append(...children.flat(Infinity).filter((child) => !isMissing(child))
		.map((child) => (child instanceof Node ? child : String(child))));
	return element;
}

function isMissing(value) {
	return value === null || value === undefined || value === false;
}

/**
 * Makes the children of an element what they should be, and leaves alone what is so already: the focus, a selection and
 * opened details stay.
 */
export function show(live, ...wanted) {
	const draft = el('div', {}, ...wanted);
	updateChildren(live, draft);
}

function updateChildren(live, draft) {
	let at = live.firstChild;
	for (const wanted of [...draft.childNodes]) {
		const match = firstLike(at, wanted);
		if (match === null) {
			live.insertBefore(wanted, at);
			continue;
		}
		if (match === at) {
			at = at.nextSibling;
		}
		else {
			live.insertBefore(match, at);
		}
		update(match, wanted);
	}
	while (at !== null) {
		const next = at.nextSibling;
		at.remove();
		at = next;
	}
}

function firstLike(from, wanted) {
	for (let node = from; node !== null; node = node.nextSibling) {
		if (node.nodeName === wanted.nodeName && node.dataset?.key === wanted.dataset?.key) {
			return node;
		}
	}
	return null;
}

function update(live, wanted) {
	if (live.nodeType === Node.TEXT_NODE) {
		if (live.data !== wanted.data) {
			live.data = wanted.data;
		}
		return;
	}
	for (const { name } of [...live.attributes]) {
		if (!wanted.hasAttribute(name) && !OF_THE_USER.has(name)) {
			live.removeAttribute(name);
		}
	}
	for (const { name, value } of [...wanted.attributes]) {
		if (live.getAttribute(name) !== value && !OF_THE_USER.has(name)) {
			live.setAttribute(name, value);
		}
	}
	updateChildren(live, wanted);
}
