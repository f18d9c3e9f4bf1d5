package dev.concertina.chunk;

import java.util.List;

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
	 * Write the chunks that a table lacks: all of them at first, later those of what was
	 * rewritten or attached meanwhile. Chunks of what was rewritten, detached or dropped
	 * are deleted, all others stay as they are.
	 * @param jdbc the template of the transaction
	 * @param task the task that they are for
	 * @return how many were written; 0 if all that the table consists of is planned
	 */
	int plan(JdbcTemplate jdbc, ChunkTask task);

	/**
	 * Return what belongs to a table and was never planned, as it was attached since.
	 * @param jdbc the template of the database
	 * @param task the task that it is not planned for
	 * @return the quoted names of leaf partitions
	 */
	List<String> unplanned(JdbcTemplate jdbc, ChunkTask task);

}
