package dev.concertina.chunk;

import java.util.List;

import dev.concertina.jdbc.StateJdbc;

/**
 * Decides how a table is cut into chunks.
 */
public interface ChunkSource {

	/**
	 * Return the source that cuts a heap into ranges of blocks, and everything else, or
	 * what a task wants so, into ranges of keys; each leaf partition by what it is.
	 * @return the source
	 */
	static ChunkSource ranges() {
		return new LeafRanges(new BlockRanges(), new KeyRanges());
	}

	/**
	 * Write chunks that a table lacks: ranges of blocks all at once, ranges of keys some
	 * at a time, once those before are done; later also those of what was rewritten or
	 * attached meanwhile. Chunks of what was detached or dropped are deleted, and ranges
	 * of blocks of what was rewritten; all others stay as they are. The table is done
	 * when no chunk is open after this.
	 * @param jdbc the template of the transaction
	 * @param task the task that they are for
	 * @throws MissingKeyException if something can only be gone over by a key, and has
	 * none
	 */
	void plan(StateJdbc jdbc, ChunkTask task);

	/**
	 * Return what belongs to a table and was never planned, as it was attached since.
	 * @param jdbc the template of the database
	 * @param task the task that it is not planned for
	 * @return the quoted names of leaf partitions
	 */
	List<String> unplanned(StateJdbc jdbc, ChunkTask task);

}
