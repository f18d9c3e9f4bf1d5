/* How far the copy and the comparison are. */

import { charts } from './charts.js';
import { el } from './dom.js';
import { count, duration, number, percent } from './format.js';
import { standing } from './standing.js';
import { points, working } from './trail.js';

const KINDS = [
	{ id: 'backfill', phase: 'BACKFILL', name: 'Backfill', done: 'copied' },
	{ id: 'verify', phase: 'VERIFY', name: 'Verify', done: 'compared' },
];

export function progress(change) {
	const now = working(change);
	const shown = KINDS.filter(({ id }) => id === now || change[id].units > 0);
	return shown.length > 0 && el('section', { class: 'card', 'data-key': 'progress', 'aria-label': 'Progress' },
		shown.map((kind) => bar(change, kind, kind.id === now)),
		now !== null && moves(change) && charts(points(change)));
}

function moves(change) {
	return change.status === 'RUNNING' || points(change).some(({ rowsPerSecond }) => rowsPerSecond > 0);
}

function bar(change, { id, phase, name, done }, now) {
	const { fraction, rows, batches, rowsPerSecond } = change[id];
	return el('div', { class: now ? 'bar now' : 'bar', 'data-key': id, 'data-tone': now ? standing(change).tone : 'run' },
		el('div', { class: 'measure' }, el('h3', { id: `bar-${id}` }, name), el('strong', {}, percent(fraction)),
			now && el('span', { class: 'left' }, left(change, phase, change[id]))),
		el('progress', { max: 1, value: fraction, 'aria-labelledby': `bar-${id}`, 'aria-valuetext': percent(fraction) }),
		el('p', { class: 'faint' }, `${count(rows, 'row', 'rows')} ${done} in ${count(batches, 'batch', 'batches')}`,
			now && typeof rowsPerSecond === 'number' && ` · ${number(rowsPerSecond)} rows/s in the last minute`,
			id === 'backfill' && change.poisonRows > 0
				&& ` · ${count(change.poisonRows, 'row', 'rows')} could not be copied`));
}

function left(change, phase, { secondsLeft, fraction }) {
	if (change.status !== 'RUNNING' || change.phase !== phase) {
		return 'stands still';
	}
	if (typeof secondsLeft === 'number') {
		return secondsLeft < 1 ? 'about to end' : `about ${duration(secondsLeft)} left`;
	}
	return fraction === 1 ? '' : 'no estimate yet';
}
