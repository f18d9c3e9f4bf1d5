/* Looks at the changes every two seconds while somebody looks at the page, and shows what has changed. */

import { ACTIONS } from './actions.js';
import { change as changeView } from './change.js';
import { ask } from './dialog.js';
import { el, show } from './dom.js';
import { Trouble, act, changes, details, settings } from './endpoint.js';
import { fleet } from './fleet.js';
import { timeOfDay } from './format.js';
import { likely, list } from './list.js';
import { isFinal, phaseName, standing } from './standing.js';
import { remember } from './trail.js';

const OFTEN = 2_000;

const SELDOM = 10_000;

const place = (id) => document.getElementById(id);

const seen = { settings: null, answer: null, details: null, detailsOf: '', trouble: null, refusal: null, failures: 0, live: true };

let looking = Promise.resolve();

let wake = () => {};

/** One look after the other, so that none shows what an older one has seen. */
function look() {
	looking = looking.then(lookNow, lookNow);
	return looking;
}

async function lookNow() {
	try {
		if (seen.trouble || !seen.settings) {
			seen.settings = await settings();
		}
		if (seen.settings.endpoint === null) {
			throw new Trouble('The endpoint “concertina” is not exposed, so there is nothing to show.',
				'Set management.endpoints.web.exposure.include=health,concertina.', 404);
		}
		const answer = await changes(seen.settings);
		answer.changes.forEach((change) => remember(change, performance.now()));
		tell(seen.answer?.changes, answer.changes);
		seen.answer = answer;
		await lookCloser();
		seen.trouble = null;
		seen.failures = 0;
	}
	catch (trouble) {
		seen.trouble = trouble;
		seen.failures++;
	}
	render();
}

/** The history and the rows are asked for when the change has moved only: they move with it. */
async function lookCloser() {
	const change = selected();
	const state = change && JSON.stringify([change.id, change.phase, change.status, change.since, change.poisonRows,
		change.verdict, change.approvedBy, change.tuning, change.readShare]);
	if (change && seen.detailsOf !== state) {
		if (seen.details?.change.id !== change.id) {
			seen.details = null;
		}
		seen.details = await details(seen.settings, change.id);
		seen.detailsOf = state;
	}
}

function selected() {
	const all = seen.answer?.changes ?? [];
	return all.find(({ id }) => location.hash === `#/${encodeURIComponent(id)}`) ?? all.find(({ id }) => id === likely(all));
}

/** For who can't see it: each change that stands otherwise than at the last look. */
function tell(before, after) {
	const news = (before && after.filter((change) => {
		const last = before.find(({ id }) => id === change.id);
		return !last || last.phase !== change.phase || standing(last).word !== standing(change).word;
	}) || []).map((change) => `${change.id}: ${phaseName(change.phase)}, ${standing(change).word}. ${change.reason ?? ''}`);
	if (news.length > 0) {
		say(news.join(' '));
	}
}

function say(text) {
	place('news').textContent = text;
}

function render() {
	const focused = document.activeElement;
	const { answer, trouble } = seen;
	show(place('trouble'), trouble && el('strong', {}, trouble.message), trouble && el('span', {}, trouble.action ?? ''));
	show(place('freshness'), freshness());
	document.body.toggleAttribute('data-stale', trouble !== null);
	if (answer) {
		const change = selected();
		show(place('list'), list(answer.changes, change?.id));
		show(place('change'), change ? shown(change) : nothing(), fleet(answer.fleet, answer.date));
		document.title = change ? `${change.id}: ${standing(change).word} – Concertina` : 'Concertina';
		show(place('foot'), rights());
	}
	if (focused !== document.body && !focused.isConnected) {
		(place('heading') ?? place('change')).focus();
	}
}

/** Nothing is offered while the application does not answer as it should, or once it has refused to be steered by this user. */
function shown(change) {
	const { settings: known, details: all, trouble, refusal } = seen;
	const mine = all?.change.id === change.id ? all : null;
	return changeView(change, mine, { ...known, actions: trouble || refusal ? [] : known.actions }, seen.answer.date);
}

function nothing() {
	return el('section', { class: 'card', 'data-key': 'nothing' }, el('h2', {}, 'No change yet'),
		el('p', {}, 'Put a file such as ', el('code', {}, 'V12__split_order_items.yaml'), ' into ', el('code', {}, 'db/evolution'),
			' and start the application.'));
}

function rights() {
	if (seen.refusal) {
		return el('p', {}, `${seen.refusal.message} ${seen.refusal.action}`);
	}
	if (seen.settings.open && seen.settings.actions.length === 0) {
		return el('p', {}, 'Read-only. The application lets you look, but not steer.');
	}
	return !seen.settings.open && el('p', {}, 'Read-only. To steer changes from here, set ',
		el('code', {}, 'management.endpoint.concertina.access=unrestricted'), '.');
}

function freshness() {
	if (!seen.answer) {
		return seen.trouble ? '' : 'Asking the application …';
	}
	const time = timeOfDay(new Date(seen.answer.date));
	return seen.trouble ? `As of ${time}` : seen.live ? `Updated ${time}` : `Stopped at ${time}`;
}

async function steer(name) {
	const change = selected();
	const action = ACTIONS.find((known) => known.name === name);
	const done = await ask(change, action, (values) => attempt(change, name, values));
	if (done) {
		say(`${action.label} ${change.id}: done.`);
		await look();
	}
	render();
	if (document.activeElement === document.body) {
		place('heading')?.focus();
	}
}

async function attempt(change, name, values) {
	try {
		await act(change.id, name, { phase: change.phase, ...values });
	}
	catch (trouble) {
		seen.refusal = [403, 405].includes(trouble.status) ? trouble : null;
		throw trouble;
	}
}

function interval() {
	if (seen.failures > 0) {
		return Math.min(OFTEN * 2 ** seen.failures, 30_000);
	}
	return seen.answer?.changes.every(isFinal) ? SELDOM : OFTEN;
}

async function watch() {
	for (;;) {
		if (seen.live && !document.hidden) {
			await look().catch(console.error);
		}
		await new Promise((resolve) => {
			wake = resolve;
			setTimeout(resolve, interval());
		});
	}
}

place('change').addEventListener('click', ({ target }) => {
	const button = target.closest('[data-action]');
	if (button) {
		steer(button.dataset.action);
	}
});

place('live').addEventListener('click', ({ currentTarget }) => {
	seen.live = !seen.live;
	currentTarget.setAttribute('aria-pressed', String(seen.live));
	render();
	wake();
});

window.addEventListener('hashchange', () => {
	if (location.hash.startsWith('#/')) {
		render();
		place('heading')?.focus();
		look().catch(console.error);
	}
});

document.addEventListener('visibilitychange', () => wake());

watch();
