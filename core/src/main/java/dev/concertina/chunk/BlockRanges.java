package dev.concertina.chunk;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

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
	 * 4 MiB: a few batches for each pass, and small enough to stay in the cache of a
	 * processor between two passes.
	 */
	private static final int BLOCKS_PER_CHUNK = 512;

	/** A table of any size has at most about this many chunks. */
	private static final int MAX_CHUNKS = 10_000;

	/**
	 * What is gone, and what was rewritten, goes; what is there without chunks gets some.
	 * What else is planned stays as far as it is.
	 */
	private static final String PLAN = LeafRanges.LEAVES
			+ """
					   , step (change_id, phase, step, passes) AS (VALUES (?, ?, ?, ?)),
					     heap AS (SELECT relation, pg_relation_filenode(relation) AS filenode,
					                     pg_relation_size(relation) / current_setting('block_size')::bigint AS blocks
					                FROM leaf
					               WHERE by_block),
					     gone AS (DELETE FROM concertina.chunk c
					               USING step
					               WHERE c.change_id = step.change_id AND c.phase = step.phase AND c.step = step.step
					                 AND c.filenode IS NOT NULL
					                 AND NOT EXISTS (SELECT FROM heap WHERE heap.relation = c.relation AND heap.filenode = c.filenode)
					           RETURNING c.relation),
					     poison AS (DELETE FROM concertina.poison_row p
					                 USING step
					                 WHERE p.change_id = step.change_id AND p.phase = step.phase AND p.step = step.step
					                   AND p.relation IN (SELECT relation FROM gone))
					INSERT INTO concertina.chunk (change_id, phase, step, relation, units, filenode, first_block, next_block, end_block, passes)
					SELECT step.change_id, step.phase, step.step, relation, least(first + size, blocks) - first, filenode, first, first,
					       least(first + size, blocks), step.passes
					  FROM step
					 CROSS JOIN heap
					 CROSS JOIN LATERAL (SELECT greatest(?, (SELECT sum(blocks) FROM heap)::bigint / ?)) AS chunk (size)
					 CROSS JOIN LATERAL generate_series(0, greatest(blocks - 1, 0), size) AS first
					 WHERE NOT EXISTS (SELECT FROM concertina.chunk c
					                    WHERE c.change_id = step.change_id AND c.phase = step.phase AND c.step = step.step
					                      AND c.relation = heap.relation AND c.filenode = heap.filenode)""";

	void plan(JdbcTemplate jdbc, ChunkTask task) {
		JdbcClient.create(jdbc)
			.sql(PLAN)
			.params(LeafRanges.leaves(task))
			.params(task.id())
			.params(task.passes(), BLOCKS_PER_CHUNK, MAX_CHUNKS)
			.update();
	}

}
