package dev.concertina.state;

import java.time.Instant;

/**
 * What a full comparison of both structures has found.
 *
 * @param at when it was finished, by the clock of the database
 * @param rows how many rows were compared
 * @param missing how many rows the new structure lacks
 * @param different how many rows differ
 * @param extra how many rows the new structure has too many
 */
public record Verdict(Instant at, long rows, long missing, long different, long extra) {

	/**
	 * Return whether both structures were equal.
	 * @return {@code true} if no row differs
	 */
	public boolean holds() {
		return mismatches() == 0;
	}

	/**
	 * Return how many rows were not equal.
	 * @return the number of rows
	 */
	public long mismatches() {
		return this.missing + this.different + this.extra;
	}

}
