package dev.concertina.throttle.signal;

import java.util.Locale;

/**
 * Writes what was measured for people.
 */
final class Units {

	private static final String[] SIZES = { "bytes", "kB", "MB", "GB", "TB" };

	private Units() {
	}

	/**
	 * Return a size in the units of PostgreSQL, each 1024 times the one before.
	 */
	static String bytes(double value) {
		double size = value;
		int unit = 0;
		while (Math.abs(size) >= 1024 && unit < SIZES.length - 1) {
			size /= 1024;
			unit++;
		}
		return "%s %s".formatted(number(size), SIZES[unit]);
	}

	static String seconds(double value) {
		return number(value) + " s";
	}

	static String percent(double share) {
		return number(share * 100) + " %";
	}

	/**
	 * Return a number with one decimal, unless it is whole.
	 */
	static String number(double value) {
		return (value == Math.rint(value)) ? "%.0f".formatted(value) : String.format(Locale.ROOT, "%.1f", value);
	}

}
