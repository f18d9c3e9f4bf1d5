/* The instances, where the endpoint tells of them. */

import { ago, card, code, table } from './facts.js';

export function fleet(instances, now) {
	return Array.isArray(instances) && card('fleet', 'Instances',
		instances.length === 0 ? 'None is known.' : table('Instances',
			['Instance', 'Application', 'Version', 'Last heartbeat', 'Acknowledged'], instances,
			({ id, application, version, lastHeartbeat, acknowledged }) => [code(plain(id)), plain(application),
				plain(version), lastHeartbeat ? ago(lastHeartbeat, now) : '', plain(acknowledged)]));
}

/** What an instance has acknowledged is told as a word, a list, or as one for each change. */
function plain(value) {
	if (value === null || value === undefined) {
		return '';
	}
	if (Array.isArray(value)) {
		return value.map(plain).join(', ');
	}
	if (typeof value === 'object') {
		return Object.entries(value).map(([name, inner]) => `${name}: ${plain(inner)}`).join(', ');
	}
	return String(value);
}
