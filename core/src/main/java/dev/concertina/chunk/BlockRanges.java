package dev.concertina.chunk;

import dev.concertina.jdbc.StateJdbc;

/**
 * Cuts heaps into ranges of blocks: planned without reading the table, read in sequence
 * whatever the key is.
 *
 * <p>
 * Correct while triggers synchronise a row at any write to it: a row leaves its block
 * only by a write, and blocks behind the last one at planning time hold only rows that
 * were written after the triggers came.
 */
class BlockRanges {

	/**
	 * A batch ends where its chunk ends. With 8 MiB, batches have about as many rows as
	 * they may, and little time is spent between them. A smaller table has smaller
	 * chunks, so that several workers end at about the same time.
	 */
	private static final int MIN_BLOCKS_PER_CHUNK = 256;

	private static final int MAX_BLOCKS_PER_CHUNK = 1024;

	private static final int CHUNKS = 32;

	/** A table of any size has at most about this many chunks. */
	private static final int MAX_CHUNKS = 10_000;

	/** So small a table may double. */
	private static final int FEW_BLOCKS = 8;

	/**
	 * The rows of a range are overwritten in several passes, a part of each block in
	 * each. What the pass before has left behind is then dead and makes room: a new
	 * version stays in its block, needs no entry in any index, and the table does not
	 * grow. One pass would double it, as one statement does. The more passes, the more
	 * versions stay, and the more often the blocks are read. Measured with two million
	 * rows: with the index of the key alone, six are fastest and the table grows by a
	 * quarter; with another index, eight are, and it grows by a fifth. A
	 * {@code fillfactor} of 70 leaves room for three rows of seven, so that three passes
	 * are enough. Where blocks have room for all, the first chunk shows it, see
	 * {@link Passes}.
	 */
	private static final int PASSES = 6;

	private static final int PASSES_WITH_INDEXES = 8;

	/**
	 * What is gone, and what was rewritten, goes; what is there without chunks gets some.
	 * What else is planned stays as far as it is.
	 */
	private static final String PLAN = LeafRanges.LEAVES
			+ """
					   , step (change_id, phase, step, in_place) AS (VALUES (?, ?, ?, ?)),
					     heap AS (SELECT relation, pg_relation_filenode(relation) AS filenode,
					                     pg_relation_size(relation) / current_setting('block_size')::bigint AS blocks,
					                     (SELECT count(*) FROM pg_catalog.pg_index i WHERE i.indrelid = relation) AS indexes,
					                     (SELECT option_value::numeric
					                        FROM pg_catalog.pg_class t
					                       CROSS JOIN LATERAL pg_options_to_table(t.reloptions)
					                       WHERE t.oid = relation AND option_name = 'fillfactor') AS filled
					                FROM leaf
					               WHERE by_block),
					     gone AS (DELETE FROM {state}.chunk c
					               USING step
					               WHERE c.change_id = step.change_id AND c.phase = step.phase AND c.step = step.step
					                 AND c.filenode IS NOT NULL
					                 AND NOT EXISTS (SELECT FROM heap WHERE heap.relation = c.relation AND heap.filenode = c.filenode)
					           RETURNING c.relation),
					     poison AS (DELETE FROM {state}.poison_row p
					                 USING step
					                 WHERE p.change_id = step.change_id AND p.phase = step.phase AND p.step = step.step
					                   AND p.relation IN (SELECT relation FROM gone))
					INSERT INTO {state}.chunk (change_id, phase, step, relation, units, filenode, first_block, next_block, end_block, passes)
					SELECT step.change_id, step.phase, step.step, relation, least(first + size, blocks) - first, filenode, first, first,
					       least(first + size, blocks),
					       CASE WHEN NOT step.in_place OR blocks <= ? THEN 1
					            ELSE least(CASE WHEN indexes > 1 THEN ? ELSE ? END,
					                       CASE WHEN filled < 100 THEN greatest(2, ceil(filled / (100 - filled))) END) END
					  FROM step
					 CROSS JOIN heap
					 CROSS JOIN LATERAL (SELECT greatest(least(greatest(sum(blocks)::bigint / ?, ?), ?), sum(blocks)::bigint / ?) FROM heap) AS chunk (size)
					 CROSS JOIN LATERAL generate_series(0, greatest(blocks - 1, 0), size) AS first
					 WHERE NOT EXISTS (SELECT FROM {state}.chunk c
					                    WHERE c.change_id = step.change_id AND c.phase = step.phase AND c.step = step.step
					                      AND c.relation = heap.relation AND c.filenode = heap.filenode)""";

	void plan(StateJdbc jdbc, ChunkTask task) {
		jdbc.state(PLAN)
			.params(LeafRanges.leaves(task))
			.params(task.id())
			.param(task.inPlace())
			.params(FEW_BLOCKS, PASSES_WITH_INDEXES, PASSES)
			.params(CHUNKS, MIN_BLOCKS_PER_CHUNK, MAX_BLOCKS_PER_CHUNK, MAX_CHUNKS)
			.update();
	}

}
