/* How a change stands: in words, by a sign, and by a tone of colour, of which each tells it alone. */

import { svg } from './dom.js';

export const PHASES = [
	{ id: 'EXPAND', name: 'Expand' },
	{ id: 'DUAL_WRITE', name: 'Dual write' },
	{ id: 'BACKFILL', name: 'Backfill' },
	{ id: 'VERIFY', name: 'Verify' },
	{ id: 'CONTRACT', name: 'Contract' },
];

const SIGNS = {
	run: 'M5 3.5v9l7-4.5z',
	wait: 'M8 4v4l2.5 2M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
	pause: 'M5.5 3.5v9M10.5 3.5v9',
	fail: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
	done: 'M3.5 8.5l3 3 6-7',
	back: 'M6 4L3 7l3 3M3 7h6a3.5 3.5 0 0 1 0 7H7',
	ahead: 'M8 8h.01',
};

const STANDINGS = {
	PAUSED: { word: 'paused', tone: 'pause', sign: 'pause' },
	FAILED: { word: 'failed', tone: 'fail', sign: 'fail' },
	CONTRACTING: { word: 'dropping the old structure', tone: 'run', sign: 'run' },
	RETIRED: { word: 'old structure out of sight', tone: 'pause', sign: 'wait' },
	UNRETIRING: { word: 'bringing the old structure back', tone: 'pause', sign: 'back' },
	UNRETIRE_FAILED: { word: 'could not be brought back', tone: 'fail', sign: 'fail' },
	COMPLETED: { word: 'completed', tone: 'done', sign: 'done' },
	ROLLING_BACK: { word: 'rolling back', tone: 'pause', sign: 'back' },
	ROLLBACK_FAILED: { word: 'rollback failed', tone: 'fail', sign: 'fail' },
	ROLLED_BACK: { word: 'rolled back', tone: 'quiet', sign: 'back' },
};

export function standing(change) {
	if (change.status !== 'RUNNING') {
		return STANDINGS[change.status] ?? { word: String(change.status), tone: 'quiet', sign: 'wait' };
	}
	if (change.pause) {
		return { word: 'held back', tone: 'pause', sign: 'wait' };
	}
	if (change.phase === 'CONTRACT' && change.objections.length > 0) {
		return { word: 'waiting', tone: 'pause', sign: 'wait' };
	}
	return { word: 'running', tone: 'run', sign: 'run' };
}

export function isFinal(change) {
	return change.status === 'COMPLETED' || change.status === 'ROLLED_BACK';
}

export function phaseName(phase) {
	return PHASES.find(({ id }) => id === phase)?.name ?? String(phase);
}

/** A sign says nothing to a screen reader: a word always stands beside it. */
export function sign(name) {
	return svg('svg', { class: 'sign', viewBox: '0 0 16 16', 'aria-hidden': 'true', 'data-key': name },
		svg('path', { d: SIGNS[name], class: name === 'run' ? 'filled' : null }));
}
