/* Asks the endpoint, with the session of the user, and tells in plain words what it answers. */

export class Trouble extends Error {

	constructor(problem, action, status = 0) {
		super(problem);
		this.action = action;
		this.status = status;
	}

}

const SESSION_OVER = ['You are not signed in, or not any more.', 'Sign in to the application, then reload this page.'];

const READING = {
	401: SESSION_OVER,
	403: ['You may not read the endpoint “concertina”.', 'Ask whoever runs the application for the right to.'],
	404: ['The endpoint “concertina” is not where it was.', 'Is it still exposed? Reload this page.'],
	405: ['The endpoint “concertina” can’t be read.', 'Set management.endpoint.concertina.access=read-only, or unrestricted to steer changes too.'],
};

const WRITING = {
	401: SESSION_OVER,
	403: ['You may look at changes, but not steer them.', 'Ask whoever runs the application for the right to. If you were signed out meanwhile, reload this page.'],
	404: ['The endpoint does not know this.', 'Reload this page; the application may have another version now.'],
	405: ['The endpoint “concertina” is not opened for writing.', 'Set management.endpoint.concertina.access=unrestricted.'],
};

/** What the page has to know before it can ask: where the endpoint is, what it does, and which header a write needs. */
export async function settings() {
	return json(await send('settings.json', {}, {
		401: SESSION_OVER,
		403: ['You may not look at the console.', 'Ask whoever runs the application for the right to.'],
		404: ['The console is not served any more.', 'Is concertina.console.enabled still true?'],
	}));
}

export async function changes({ endpoint }) {
	return json(await send(endpoint, {}, READING));
}

export async function details({ endpoint }, id) {
	return json(await send(`${endpoint}/${encodeURIComponent(id)}`, {}, READING));
}

/** Each write asks for the header anew: a session that was renewed has another one. */
export async function act(id, action, values) {
	const { endpoint, csrf } = await settings();
	if (!endpoint) {
		throw new Trouble(...READING[404]);
	}
	const url = `${endpoint}/${encodeURIComponent(id)}/${encodeURIComponent(action)}`;
	let refusal = null;
	for (const header of csrfHeaders(csrf)) {
		try {
			return await send(url, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', ...header },
				body: JSON.stringify(values),
			}, WRITING);
		}
		catch (trouble) {
			refusal = trouble;
			if (trouble.status !== 401 && trouble.status !== 403) {
				break;
			}
		}
	}
	throw refusal;
}

/**
 * Where there is a cookie for pages like this one, Spring Security mostly wants its value, else the token of the settings.
 * Only its settings tell; a wrong one is refused before anything is done.
 */
function csrfHeaders(csrf) {
	const cookie = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
	const headers = cookie ? [{ [csrf?.name ?? 'X-XSRF-TOKEN']: decodeURIComponent(cookie[1]) }] : [];
	if (csrf || headers.length === 0) {
		headers.push(csrf ? { [csrf.name]: csrf.token } : {});
	}
	return headers;
}

async function send(url, init, words) {
	let response;
	try {
		response = await fetch(url, {
			credentials: 'same-origin',
			cache: 'no-store',
			...init,
			headers: { Accept: 'application/json', ...init.headers },
		});
	}
	catch {
		throw new Trouble('The application does not answer.', 'It may be starting anew, or the network is gone. This page keeps asking.');
	}
	if (response.ok && isJson(response)) {
		return response;
	}
	throw await troubleOf(response, words);
}

async function troubleOf(response, words) {
	const { status } = response;
	if (response.redirected || response.ok) {
		return new Trouble(...SESSION_OVER, 401);
	}
	if (status === 400 && isJson(response)) {
		const { problem, action } = await response.json();
		if (problem) {
			return new Trouble(String(problem), String(action ?? ''), status);
		}
	}
	const [problem, action] = words[status]
		?? [`The application has answered with ${status}.`, status >= 500 ? 'Its log has the cause.' : 'Reload this page.'];
	return new Trouble(problem, action, status);
}

function isJson(response) {
	return /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
}

async function json(response) {
	return { ...await response.json(), date: Date.parse(response.headers.get('Date') ?? '') || Date.now() };
}
