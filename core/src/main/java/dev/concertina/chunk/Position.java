package dev.concertina.chunk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far a chunk is.
 */
sealed interface Position permits BlockPosition, KeyPosition {

	/**
	 * Return what the size of its batches is counted in.
	 */
	Unit unit();

	/**
	 * Return its next part.
	 * @param most how many units it may have, at least 1
	 */
	Head head(JdbcTemplate jdbc, String relation, long most);

	/**
	 * Return how many units of the progress are done.
	 */
	long unitsDone();

	/**
	 * Return the first block that is not done, {@code null} in a range of keys.
	 */
	@Nullable Long nextBlock();

	int pass();

	/**
	 * Return in how many passes the chunk is gone over.
	 */
	int passes();

	/**
	 * Return the place in a chunk that is gone over once, if it is not begun yet.
	 */
	Position inOnePass();

	/**
	 * Return the last key that is done, {@code null} before the first one and in a range
	 * of blocks.
	 */
	@Nullable List<String> nextKey();

	/**
	 * The next part of a chunk.
	 *
	 * @param part the part
	 * @param after how far the chunk is with it
	 */
	record Head(Part part, Position after) {

	}

}
