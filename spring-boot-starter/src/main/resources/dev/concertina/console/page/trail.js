/*
 * What was seen of each change, look by look: the endpoint tells totals, and the difference of two looks is a speed. It
 * lasts as long as the page is open.
 */

const LENGTH = 150;

const trails = new Map();

export function remember(change, at) {
	const phase = working(change);
	if (phase === null) {
		trails.delete(change.id);
		return;
	}
	const { rows, batches } = change[phase];
	const last = trails.get(change.id);
	const goesOn = last?.phase === phase && last.rows <= rows && last.batches <= batches;
	const points = goesOn ? [...last.points, point(last, { at, rows, batches })].slice(-LENGTH) : [];
	trails.set(change.id, { phase, at, rows, batches, points });
}

function point(last, { at, rows, batches }) {
	const seconds = (at - last.at) / 1000;
	const batchCount = batches - last.batches;
	return {
		at,
		rowsPerSecond: seconds > 0 ? (rows - last.rows) / seconds : 0,
		batchMillis: batchCount > 0 ? seconds * 1000 / batchCount : null,
	};
}

/** The phase that goes over rows now, as the endpoint names its progress, also while it is paused. */
export function working(change) {
	const stands = ['RUNNING', 'PAUSED', 'FAILED'].includes(change.status);
	return stands ? { BACKFILL: 'backfill', VERIFY: 'verify' }[change.phase] ?? null : null;
}

export function points(change) {
	return trails.get(change.id)?.points ?? [];
}
