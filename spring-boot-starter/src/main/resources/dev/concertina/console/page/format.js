/* Numbers, times and durations for people. */

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export function number(value) {
	return NUMBER.format(value);
}

export function count(value, one, many) {
	return `${number(value)} ${Number(value) === 1 ? one : many}`;
}

/** Never 100 % before all is done. */
export function percent(fraction) {
	return `${(Math.floor(fraction * 1000) / 10).toFixed(fraction === 0 || fraction === 1 ? 0 : 1)} %`;
}

export function dayAndTime(instant) {
	const date = new Date(instant);
	return Number.isNaN(date.getTime()) ? String(instant) : DAY_AND_TIME.format(date);
}

export function timeOfDay(date) {
	return TIME.format(date);
}

/** Two units at most: an estimate is no more exact than that. */
export function duration(seconds) {
	const whole = Math.max(0, Math.round(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}
	const minutes = Math.round(whole / 60);
	if (minutes < 60) {
		return whole < 600 && whole % 60 !== 0 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${minutes} min`;
	}
	const hours = Math.floor(minutes / 60);
	if (hours < 24) {
		return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
	}
	const days = Math.floor(hours / 24);
	return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

export function milliseconds(value) {
	return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** The endpoint writes a duration as ISO 8601, or as seconds, as the application has set its JSON. */
export function millisecondsOf(value) {
	if (value === null || value === undefined) {
		return null;
	}
	if (typeof value === 'number') {
		return value * 1000;
	}
	const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(value);
	return parts ? ((Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0)) * 60 + Number(parts[3] ?? 0)) * 1000 : null;
}
