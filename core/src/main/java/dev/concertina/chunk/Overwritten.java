package dev.concertina.chunk;

import org.jspecify.annotations.Nullable;

/**
 * What a session has overwritten in a table since it has reported that to the statistics
 * of the server last, which it does about once a second.
 *
 * @param rows how many rows
 * @param inTheirBlock how many of the new versions have found room in the block of the
 * old one (HOT updates)
 */
record Overwritten(long rows, long inTheirBlock) {

	/** Fewer rows tell nothing. */
	private static final int SOME = 100;

	/**
	 * Return what was overwritten since an earlier look, or since the report if there was
	 * one in between.
	 */
	Overwritten since(@Nullable Overwritten earlier) {
		if (earlier == null || earlier.rows > this.rows || earlier.inTheirBlock > this.inTheirBlock) {
			return this;
		}
		return new Overwritten(this.rows - earlier.rows, this.inTheirBlock - earlier.inTheirBlock);
	}

	boolean isTelling() {
		return this.rows >= SOME;
	}

	double shareInTheirBlock() {
		return (double) this.inTheirBlock / this.rows;
	}

}
