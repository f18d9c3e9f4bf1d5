/* All changes, those that are under way first. */

import { el } from './dom.js';
import { percent } from './format.js';
import { isFinal, phaseName, sign, standing } from './standing.js';
import { working } from './trail.js';

/** More are out of the way until somebody asks for them. */
const FEW = 3;

export function list(changes, selected) {
	const open = changes.filter((change) => !isFinal(change));
	const over = changes.filter(isFinal).reverse();
	return [
		open.length > 0 && el('section', { 'data-key': 'open', 'aria-labelledby': 'title-open' },
			el('h2', { id: 'title-open' }, `Under way (${open.length})`), entries(open, selected)),
		over.length > 0 && el('details', { 'data-key': 'over', open: over.length <= FEW || open.length === 0 },
			el('summary', {}, `Finished (${over.length})`), entries(over, selected)),
	];
}

function entries(changes, selected) {
	return el('ul', {}, changes.map((change) => el('li', { 'data-key': change.id }, entry(change, change.id === selected))));
}

function entry(change, present) {
	const { word, tone, sign: mark } = standing(change);
	const now = working(change);
	return el('a', { href: `#/${encodeURIComponent(change.id)}`, 'aria-current': present ? 'true' : null, 'data-tone': tone },
		el('span', { class: 'id' }, change.id), el('span', { class: 'version' }, `V${change.version}`),
		el('span', { class: 'stands' }, sign(mark), isFinal(change) ? word : `${phaseName(change.phase)}, ${word}`,
			now !== null && el('span', { class: 'share' }, percent(change[now].fraction))),
		now !== null && el('progress', { max: 1, value: change[now].fraction, 'aria-hidden': 'true' }));
}

/** The one that a user most likely wants to see: what has failed, what goes on, what was last. */
export function likely(changes) {
	const open = changes.filter((change) => !isFinal(change));
	return (open.find(({ status }) => /FAILED/.test(status)) ?? open[0] ?? changes[changes.length - 1])?.id;
}
