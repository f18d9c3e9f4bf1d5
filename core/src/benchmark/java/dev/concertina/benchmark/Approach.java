package dev.concertina.benchmark;

/**
 * A way to fill the new column of existing rows.
 */
interface Approach {

	String title();

	/**
	 * Does what is not timed, and returns what is.
	 */
	Filling prepare(Copy copy);

	/**
	 * Fills the column and tells how long that took.
	 */
	@FunctionalInterface
	interface Filling {

		Span run();

	}

}
