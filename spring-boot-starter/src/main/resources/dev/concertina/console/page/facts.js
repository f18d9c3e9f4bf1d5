/* What is known of a change beside its progress: what it waits for, what was found, and what has happened. */

import { el } from './dom.js';
import { count, dayAndTime, duration, millisecondsOf, milliseconds, number } from './format.js';
import { isFinal, sign } from './standing.js';

export function objections({ objections: list, phase, status }) {
	const near = phase === 'CONTRACT' && ['RUNNING', 'RETIRED'].includes(status);
	return list.length > 0 && card('objections', near ? 'What the contract waits for' : 'What keeps it from its contract',
		el('ul', { class: 'told' }, list.map(({ problem, action }) => el('li', {},
			el('strong', {}, problem), el('span', { class: 'faint' }, action)))));
}

const ADVICE = {
	GO_ON: { word: 'goes on', tone: 'done', mark: 'done' },
	SLOWER: { word: 'slower', tone: 'pause', mark: 'wait' },
	HOLD: { word: 'holds', tone: 'fail', mark: 'pause' },
	UNKNOWN: { word: 'unknown', tone: 'quiet', mark: 'wait' },
};

export function signals({ signals: list }) {
	return list.length > 0 && card('signals', 'Signals of this instance', el('ul', { class: 'told signals' },
		list.map(({ signal, advice, reason }) => {
			const { word, tone, mark } = ADVICE[advice] ?? { word: advice, tone: 'quiet', mark: 'wait' };
			return el('li', { 'data-tone': tone }, el('strong', {}, sign(mark), `${signal}: ${word}`),
				el('span', { class: 'faint' }, reason));
		})));
}

export function comparison({ verdict }, mismatches, now) {
	if (!verdict) {
		return null;
	}
	const found = [[verdict.missing, 'missing'], [verdict.different, 'different'], [verdict.extra, 'too many']]
		.filter(([rows]) => rows > 0).map(([rows, what]) => `${number(rows)} ${what}`).join(', ');
	return card('comparison', 'Last comparison',
		el('p', { 'data-tone': verdict.clean ? 'done' : 'fail', class: 'verdict' },
			sign(verdict.clean ? 'done' : 'fail'),
			verdict.clean ? `${count(verdict.rows, 'row', 'rows')} compared: both structures are equal`
				: `${count(verdict.rows, 'row', 'rows')} compared: ${found}`,
			el('span', { class: 'faint' }, ' ', ago(verdict.at, now))),
		mismatches.length > 0 && table('Rows that are not equal', ['Table', 'Key', 'Kind'], mismatches,
			({ table: name, key, kind }) => [code(name), code(key), kind]),
		someOf(mismatches.length, verdict.missing + verdict.different + verdict.extra));
}

export function poisonRows({ poisonRows: total }, rows) {
	return total > 0 && card('poison', `${count(total, 'row', 'rows')} could not be copied`,
		table('Rows that could not be copied', ['Table', 'Key', 'Error', 'Attempts', 'Last tried'], rows,
			({ table: name, key, error, attempts, triedAt }) => [code(name), code(key), el('span', { class: 'error' }, error),
				number(attempts), dayAndTime(triedAt)]),
		someOf(rows.length, total));
}

export function history(entries) {
	return entries.length > 0 && card('history', 'History', table('History', ['When', 'Who', 'To', 'Why'],
		[...entries].reverse(), ({ at, actor, from, to, reason }) => [
			el('time', { datetime: at }, dayAndTime(at)), actor,
			el('span', {}, to, from && from !== to && el('span', { class: 'faint' }, ` from ${from}`)), reason ?? '']));
}

export function facts(change) {
	const tuned = tuning(change.tuning);
	const pairs = [
		['Approved by', change.approvedBy],
		['Tuned to', tuned],
		['Reads of the new structure', change.readShare > 0 || isFinal(change) ? `${number(change.readShare)} %` : null],
	].filter(([, value]) => value);
	return pairs.length > 0 && el('dl', { class: 'facts', 'data-key': 'facts' },
		pairs.map(([name, value]) => el('div', { 'data-key': name }, el('dt', {}, name), el('dd', {}, value))));
}

function tuning(value) {
	const { workers, batchTime, pause } = value ?? {};
	return [workers && count(workers, 'worker', 'workers'),
		batchTime && `batches of ${milliseconds(millisecondsOf(batchTime))}`,
		pause && `pauses of ${milliseconds(millisecondsOf(pause))}`].filter(Boolean).join(', ');
}

export function ago(instant, now) {
	const seconds = (now - new Date(instant).getTime()) / 1000;
	return el('time', { datetime: instant, title: dayAndTime(instant) }, seconds < 1 ? 'just now' : `${duration(seconds)} ago`);
}

export function card(key, title, ...content) {
	return el('section', { class: 'card', 'data-key': key, 'aria-labelledby': `title-${key}` },
		el('h3', { id: `title-${key}` }, title), content);
}

/** On a narrow screen a row stands as a block, and each cell names its column. */
export function table(name, columns, rows, cells) {
	return el('table', {}, el('caption', { class: 'unseen' }, name),
		el('thead', {}, el('tr', {}, columns.map((column) => el('th', { scope: 'col' }, column)))),
		el('tbody', {}, rows.map((row) => el('tr', {},
			cells(row).map((cell, index) => el('td', { 'data-column': columns[index] }, cell))))));
}

export function code(text) {
	return el('code', {}, text);
}

function someOf(shown, total) {
	return shown > 0 && shown < total && el('p', { class: 'faint' }, `${number(shown)} of ${number(total)} are shown.`);
}
