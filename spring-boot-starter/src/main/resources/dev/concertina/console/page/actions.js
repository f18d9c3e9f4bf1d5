/*
 * What a user may do: one line each. Buttons stand for those that the endpoint does too and the state of the change allows;
 * the endpoint has the last word.
 *
 *   name      as the endpoint calls it, in lower case
 *   label     of the button
 *   effect    what will happen, told before it does
 *   fields    what the endpoint takes with it, by their names in FIELDS
 *   when      whether the state of a change allows it
 *   grave     whether it can't be taken back
 *   main      whether it is what a change in this state waits for
 */

const open = ({ status }) => ['RUNNING', 'PAUSED', 'FAILED'].includes(status);

const is = (phase, status) => (change) => change.phase === phase && change.status === status;

const either = (...conditions) => (change) => conditions.some((condition) => condition(change));

export const ACTIONS = [
	{ name: 'resume', label: 'Resume', effect: resumption, when: ({ status }) => ['PAUSED', 'FAILED', 'ROLLBACK_FAILED', 'UNRETIRE_FAILED'].includes(status), main: (change) => !is('VERIFY', 'FAILED')(change) },
	{ name: 'pause', label: 'Pause', effect: 'Its batches stop at their next border, on every instance. Triggers go on, so both structures stay in step.', fields: ['reason'], when: ({ status }) => status === 'RUNNING' },
	{ name: 'repair', label: 'Repair', effect: 'Rows that differ are copied again, from the old structure to the new one, with the rows locked. Then everything is compared once more.', when: is('VERIFY', 'FAILED') },
	{ name: 'verify', label: 'Verify again', effect: 'Both structures are compared again, from the first row. The contract waits for the result.', when: either(is('CONTRACT', 'RUNNING'), is('VERIFY', 'FAILED')) },
	{ name: 'tune', label: 'Tune', effect: 'This holds for this change on every instance, within about a second. What is left empty is as the instances are configured.', fields: ['workers', 'batchTime', 'pause'], when: open },
	{ name: 'approve', label: 'Approve', effect: 'Once nothing else objects, the old structure is taken out of sight, and later dropped. Approve when no version that still runs needs it.', when: (change) => open(change) && !change.approvedBy, grave: true, main: is('CONTRACT', 'RUNNING') },
	{ name: 'retry', label: 'Try again', effect: 'Rows that could not be copied are tried again.', when: (change) => is('BACKFILL', 'RUNNING')(change) && change.poisonRows > 0 },
	{ name: 'read_share', label: 'Move reads', effect: 'So many of the reads of an application that asks for it go to the new structure, on every instance. The contract waits until it is all of them.', fields: ['readShare'], when: (change) => change.phase === 'CONTRACT' && open(change) },
	{ name: 'unretire', label: 'Bring back', effect: 'The old structure comes back into sight, with all that was written since. The change waits then until it is resumed and approved again.', fields: ['reason'], when: is('CONTRACT', 'RETIRED'), main: () => true },
	{ name: 'drop', label: 'Drop now', effect: 'The old structure is dropped without waiting longer. That can’t be taken back.', fields: ['reason'], when: is('CONTRACT', 'RETIRED'), grave: true },
	{ name: 'cancel', label: 'Roll back', effect: 'The new structure is taken away; no row is lost by it. The change does not go forward any more. Take the new version of the application out of service first: it would miss its structure.', fields: ['reason'], when: (change) => open(change) || is('CONTRACT', 'RETIRED')(change), grave: true },
];

export const FIELDS = {
	reason: { label: 'Reason', hint: 'Stands in the history.', input: { type: 'text', maxlength: 500 } },
	workers: { label: 'Workers', hint: 'At work at once on each instance.', input: { type: 'number', min: 1, max: 64, step: 1, inputmode: 'numeric' } },
	batchTime: { label: 'Batch time', hint: 'How long a transaction shall take, up to 5000.', unit: 'ms', input: { type: 'number', min: 1, max: 5000, step: 1, inputmode: 'numeric' } },
	readShare: { label: 'Share', hint: 'Of the reads, from 0 to 100.', unit: '%', input: { type: 'number', min: 0, max: 100, step: 1, inputmode: 'numeric', required: true } },
	pause: { label: 'Pause', hint: 'Between two batches of a worker.', unit: 'ms', input: { type: 'number', min: 0, step: 1, inputmode: 'numeric' } },
};

export function allowed(change, known) {
	return ACTIONS.filter(({ name, when }) => known.includes(name.toUpperCase()) && when(change));
}

export function effectOn(change, { effect }) {
	return typeof effect === 'function' ? effect(change) : effect;
}

function resumption({ phase, status }) {
	if (status === 'UNRETIRE_FAILED') {
		return 'The old structure is tried to be brought back again.';
	}
	if (status === 'ROLLBACK_FAILED') {
		return 'The rollback goes on where it failed. The change does not go forward any more.';
	}
	return {
		BACKFILL: 'The copy goes on where it was. Rows that could not be copied are tried again.',
		VERIFY: 'The comparison starts anew.',
	}[phase] ?? 'It goes on where it was.';
}
