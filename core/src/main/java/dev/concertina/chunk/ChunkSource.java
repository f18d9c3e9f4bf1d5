package dev.concertina.chunk;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides how a table is cut into chunks.
 */
public interface ChunkSource {

	/**
	 * Return the source that cuts the heap of each leaf partition into block ranges.
	 * @return the source
	 */
	static ChunkSource blockRanges() {
		return new BlockRanges();
	}

	/**
	 * Write the chunks of a table.
	 * @param jdbc the template of the transaction
	 * @param task the task that they are for
	 */
	void plan(JdbcTemplate jdbc, ChunkTask task);

	/**
	 * Return whether the chunks no longer cover the table, because it was rewritten or
	 * has another leaf partition.
	 * @param jdbc the template of the database
	 * @param task the task that they were planned for
	 * @return {@code true} if they must be planned again
	 */
	boolean isStale(JdbcTemplate jdbc, ChunkTask task);

}
