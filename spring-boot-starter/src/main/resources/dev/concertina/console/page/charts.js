/* Two small pictures of the last minutes: how fast, and how long a batch takes. */

import { el, svg } from './dom.js';
import { duration, milliseconds, number } from './format.js';

const WIDTH = 300;

const HEIGHT = 56;

export function charts(points) {
	return el('div', { class: 'charts', 'data-key': 'charts' },
		chart('Rows per second', points, (point) => point.rowsPerSecond, number),
		chart('Time per batch', points, (point) => point.batchMillis, milliseconds,
			'From the end of one batch to that of the next, on all instances together'));
}

function chart(title, points, valueOf, text, note = null) {
	const values = points.map(valueOf).filter((value) => value !== null);
	if (values.length < 2) {
		return el('figure', { class: 'chart', 'data-key': title },
			el('figcaption', {}, el('span', {}, title), el('span', { class: 'faint' }, 'nothing seen yet')),
			el('div', { class: 'blank' }));
	}
	const top = Math.max(...values);
	const last = values[values.length - 1];
	const span = duration((points[points.length - 1].at - points[0].at) / 1000);
	return el('figure', { class: 'chart', 'data-key': title, title: note },
		el('figcaption', {}, el('span', {}, title), el('strong', {}, text(last))),
		svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
			'aria-label': `${title} in the last ${span}: ${text(last)} now, ${text(top)} at most` },
		lines(points, valueOf, top).map((line, index) => drawn(line, index))),
		el('div', { class: 'axis', 'aria-hidden': 'true' }, el('span', {}, `${span} ago`),
			el('span', {}, `at most ${text(top)}`), el('span', {}, 'now')));
}

function drawn(line, index) {
	const path = line.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
	const from = line[0].x.toFixed(1);
	const to = line[line.length - 1].x.toFixed(1);
	return svg('g', { 'data-key': index },
		svg('polygon', { class: 'area', points: `${from},${HEIGHT} ${path} ${to},${HEIGHT}` }),
		svg('polyline', { class: 'line', points: path }));
}

/** A gap where there was nothing to see, such as no batch. */
function lines(points, valueOf, top) {
	const start = points[0].at;
	const length = Math.max(1, points[points.length - 1].at - start);
	const found = [[]];
	for (const point of points) {
		const value = valueOf(point);
		if (value === null) {
			found.push([]);
			continue;
		}
		found[found.length - 1].push({
			x: (point.at - start) / length * WIDTH,
			y: HEIGHT - 2 - (top > 0 ? value / top : 0) * (HEIGHT - 6),
		});
	}
	return found.filter((line) => line.length > 1);
}
