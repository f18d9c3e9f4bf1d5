/* The five phases of a change, with the present one marked. */

import { el } from './dom.js';
import { PHASES, isFinal, sign, standing } from './standing.js';

export function track(change) {
	const present = PHASES.findIndex(({ id }) => id === change.phase);
	return el('ol', { class: 'track', 'aria-label': 'Phases' },
		PHASES.map(({ id, name }, index) => step(change, name, id, Math.sign(index - present))));
}

function step(change, name, id, place) {
	const { word, tone, sign: mark } = stepStanding(change, place);
	const now = place === 0 && !isFinal(change);
	return el('li', { class: 'step', 'data-key': id, 'data-tone': tone, 'aria-current': now ? 'step' : null },
		el('span', { class: 'node' }, sign(mark)),
		el('span', { class: 'name' }, name),
		el('span', { class: place === 0 ? 'word' : 'word unseen' }, word));
}

function stepStanding(change, place) {
	if (change.status === 'ROLLED_BACK') {
		return place > 0 ? { word: 'never reached', tone: 'ahead', sign: 'ahead' } : standing(change);
	}
	if (place === 0) {
		return standing(change);
	}
	return place < 0 ? { word: 'done', tone: 'done', sign: 'done' } : { word: 'ahead', tone: 'ahead', sign: 'ahead' };
}
