package dev.concertina.chunk;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A chunk that a worker has claimed.
 *
 * @param id its row in the state
 * @param relation the table or leaf partition, quoted
 * @param position how far it is
 * @param batches how many batches have gone over it
 * @param maxUnits how many units a batch may have at most, since one has failed: 0 for
 * the first few, row by row, {@code null} for any number
 */
record Chunk(long id, String relation, Position position, long batches, @Nullable Long maxUnits) {

	/**
	 * Return the chunk to be gone over once, if it is not begun yet.
	 */
	Chunk inOnePass() {
		return new Chunk(this.id, this.relation, this.position.inOnePass(), this.batches, this.maxUnits);
	}

	/**
	 * Return the next part of the chunk.
	 * @param units how many units it may have
	 */
	Position.Head head(JdbcTemplate jdbc, long units) {
		return this.position.head(jdbc, this.relation, Math.min(units, most()));
	}

	private long most() {
		if (this.maxUnits == null) {
			return Long.MAX_VALUE;
		}
		return isRowByRow() ? this.position.unit().few() : this.maxUnits;
	}

	boolean isRowByRow() {
		return this.maxUnits != null && this.maxUnits == 0;
	}

	/**
	 * Return how many units a batch may have after one was successful: after a failure
	 * they grow again.
	 */
	@Nullable Long maxUnitsNext() {
		return (this.maxUnits != null) ? Long.valueOf(2 * most()) : null;
	}

	/**
	 * Return how many units a batch may have after one has failed: half as many, down to
	 * what is gone over row by row.
	 */
	long maxUnitsAfterFailure(Part failed) {
		return (failed.size() <= this.position.unit().few()) ? 0 : failed.size() / 2;
	}

}
