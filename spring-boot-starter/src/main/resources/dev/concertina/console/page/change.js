/* One change, with all that is known about it. */

import { allowed } from './actions.js';
import { el } from './dom.js';
import { ago, comparison, facts, history, objections, poisonRows, signals } from './facts.js';
import { progress } from './progress.js';
import { phaseName, sign, standing } from './standing.js';
import { track } from './track.js';

const PLANS = [['markdown', 'as a page'], ['sql', 'as SQL'], ['json', 'as it is stored']];

/**
 * @param details what the endpoint tells of this change alone; absent while it is asked for
 * @param settings of the page: where the endpoint is, and what it does
 */
export function change(described, details, { endpoint, actions }, now) {
	const { word, tone, sign: mark } = standing(described);
	return [
		el('header', { class: 'title', 'data-key': 'title' },
			el('h2', { id: 'heading', tabindex: -1 }, el('span', { class: 'id' }, described.id)),
			el('p', { class: 'stands', 'data-tone': tone }, sign(mark), `${phaseName(described.phase)}, ${word}`,
				el('span', { class: 'faint' }, ' · since ', ago(described.since, now), ` · version ${described.version}`)),
			buttons(described, actions)),
		track(described),
		banner('reason', described.reason, tone === 'fail' ? 'fail' : 'pause'),
		banner('pause', described.pause && `This instance waits: ${described.pause}`, 'pause'),
		progress(described),
		facts(described),
		poisonRows(described, details?.poisonRows ?? []),
		comparison(described, details?.mismatches ?? [], now),
		objections(described),
		signals(described),
		history(details?.history ?? []),
		el('p', { class: 'plans faint', 'data-key': 'plans' }, 'What it does, step by step: ',
			PLANS.map(([form, text], index) => [index > 0 && ' · ',
				el('a', { href: `${endpoint}/${encodeURIComponent(described.id)}/${form}`, target: '_blank', rel: 'noopener' }, text)])),
	];
}

function buttons(described, actions) {
	const offered = allowed(described, actions);
	return offered.length > 0 && el('div', { class: 'actions', role: 'group', 'aria-label': 'Steer this change' },
		offered.map(({ name, label, main }) => el('button',
			{ type: 'button', 'data-action': name, 'data-key': name, class: main?.(described) && 'main', 'aria-haspopup': 'dialog' },
			`${label} …`)));
}

function banner(key, text, tone) {
	return text && el('p', { class: 'banner', 'data-key': `banner-${key}`, 'data-tone': tone },
		sign(tone === 'fail' ? 'fail' : 'pause'), el('span', {}, text));
}
