package dev.concertina.chunk;

/**
 * What a batch has counted.
 *
 * @param rows rows copied or compared
 * @param missing rows that the new structure lacks
 * @param different rows that differ
 * @param extra rows that the new structure has too many
 */
public record Tally(long rows, long missing, long different, long extra) {

	/**
	 * Return the tally of a batch that copies.
	 * @param rows how many rows it copied
	 * @return the tally
	 */
	public static Tally copied(long rows) {
		return new Tally(rows, 0, 0, 0);
	}

	Tally and(Tally other) {
		return new Tally(this.rows + other.rows, this.missing + other.missing, this.different + other.different,
				this.extra + other.extra);
	}

}
