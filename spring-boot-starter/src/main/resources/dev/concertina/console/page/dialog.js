/* Asks before anything is done: what will happen, and what the endpoint wants to know. */

import { FIELDS, effectOn } from './actions.js';
import { el } from './dom.js';
import { millisecondsOf } from './format.js';

const dialog = document.getElementById('ask');

/**
 * Asks, and stays open until the action has succeeded or the user does not want it any more.
 * @param act does it, with the values of the fields; throws a Trouble if it was refused
 * @returns whether it was done
 */
export function ask(change, action, act) {
	return new Promise((resolve) => {
		let done = false;
		const form = formOf(change, action);
		form.addEventListener('submit', async (event) => {
			event.preventDefault();
			done = await attempt(form, () => act(valuesOf(form, action)));
			if (done) {
				dialog.close();
			}
		});
		form.querySelector('.keep').addEventListener('click', () => dialog.close());
		dialog.addEventListener('close', () => resolve(done), { once: true });
		dialog.replaceChildren(form);
		dialog.showModal();
	});
}

async function attempt(form, act) {
	const refusal = form.querySelector('.refusal');
	const button = form.querySelector('[type=submit]');
	if (button.getAttribute('aria-disabled') === 'true') {
		return false;
	}
	button.setAttribute('aria-disabled', 'true');
	refusal.replaceChildren();
	try {
		await act();
		return true;
	}
	catch (trouble) {
		refusal.replaceChildren(el('strong', {}, trouble.message), el('span', {}, trouble.action ?? ''));
		return false;
	}
	finally {
		button.removeAttribute('aria-disabled');
	}
}

function formOf(change, action) {
	const fields = action.fields ?? [];
	return el('form', {},
		el('h2', { id: 'ask-title' }, `${action.label} `, el('span', { class: 'id' }, change.id), '?'),
		el('p', { id: 'ask-effect' }, effectOn(change, action)),
		fields.length > 0 && el('div', { class: fields.length > 1 ? 'fields several' : 'fields' },
			fields.map((name, index) => field(name, FIELDS[name], present(change, action, name), index === 0))),
		el('div', { class: 'refusal', role: 'alert' }),
		el('div', { class: 'choice' },
			el('button', { type: 'button', class: 'keep', autofocus: fields.length === 0 }, 'Leave it as it is'),
			el('button', { type: 'submit', class: action.grave ? 'grave' : 'main' }, action.label)));
}

function field(name, { label, hint, unit, input }, value, first) {
	return el('div', { class: 'field' },
		el('label', { for: `ask-${name}` }, label, unit && el('span', { class: 'faint' }, ` in ${unit}`)),
		el('input', { ...input, id: `ask-${name}`, name, value, autofocus: first, autocomplete: 'off',
			'aria-describedby': `ask-${name}-hint` }),
		el('p', { class: 'faint', id: `ask-${name}-hint` }, hint));
}

function present(change, action, name) {
	if (action.name === 'read_share') {
		return change.readShare;
	}
	if (action.name !== 'tune') {
		return null;
	}
	const value = change.tuning?.[name];
	return FIELDS[name].unit === 'ms' ? millisecondsOf(value) : value;
}

function valuesOf(form, { fields = [] }) {
	const entries = fields.map((name) => [name, form.elements[name].value.trim(), FIELDS[name].unit ?? ''])
		.filter(([, value]) => value !== '');
	return Object.fromEntries(entries.map(([name, value, unit]) => [name, unit === 'ms' ? value + unit : value]));
}
