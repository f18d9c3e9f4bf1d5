package dev.concertina.chunk;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a batch has counted.
 *
 * @param rows rows copied or compared
 * @param missing rows that the new structure lacks
 * @param different rows that differ
 * @param extra rows that the new structure has too many
 * @param failed rows that it could not copy
 */
public record Tally(long rows, long missing, long different, long extra, List<FailedRow> failed) {

	public Tally {
		failed = List.copyOf(failed);
	}

	/**
	 * Make the tally of a batch that could work on all its rows.
	 * @param rows rows copied or compared
	 * @param missing rows that the new structure lacks
	 * @param different rows that differ
	 * @param extra rows that the new structure has too many
	 */
	public Tally(long rows, long missing, long different, long extra) {
		this(rows, missing, different, extra, List.of());
	}

	/**
	 * Return the tally of a batch that copies.
	 * @param rows how many rows it copied
	 * @return the tally
	 */
	public static Tally copied(long rows) {
		return new Tally(rows, 0, 0, 0);
	}

	/**
	 * Return the tally of a batch that copies, and could not copy some rows.
	 * @param rows how many rows it copied
	 * @param failed the rows that it could not copy
	 * @return the tally
	 */
	public static Tally copied(long rows, List<FailedRow> failed) {
		return new Tally(rows, 0, 0, 0, failed);
	}

	Tally and(Tally other) {
		return new Tally(this.rows + other.rows, this.missing + other.missing, this.different + other.different,
				this.extra + other.extra, Stream.concat(this.failed.stream(), other.failed.stream()).toList());
	}

}
