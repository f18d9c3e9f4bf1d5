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
class BlockRanges implements ChunkSource {

	/**
	 * 4 MiB: a few batches for each pass, and small enough to stay in the cache of a
	 * processor between two passes.
	 */
	private static final int BLOCKS_PER_CHUNK = 512;

	/** A table of any size has at most about this many chunks. */
	private static final int MAX_CHUNKS = 10_000;

	private static final String LEAVES = """
			WITH leaf AS (SELECT relid
			                FROM pg_catalog.pg_partition_tree(to_regclass(?))
			               WHERE isleaf
			               UNION
			              SELECT oid FROM pg_catalog.pg_class WHERE oid = to_regclass(?) AND relkind <> 'p'),
			     heap AS (SELECT format('%I.%I', n.nspname, c.relname) AS relation, pg_relation_filenode(c.oid) AS filenode,
			                     pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks
			                FROM leaf
			                JOIN pg_catalog.pg_class c ON c.oid = leaf.relid
			                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
			""";

	private static final String PLAN = LEAVES
			+ """
					INSERT INTO concertina.chunk (change_id, phase, step, relation, filenode, first_block, next_block, end_block, passes)
					SELECT ?, ?, ?, relation, filenode, first, first, least(first + size, blocks), ?
					  FROM heap
					 CROSS JOIN LATERAL (SELECT greatest(?, (SELECT sum(blocks) FROM heap)::bigint / ?)) AS chunk (size)
					 CROSS JOIN LATERAL generate_series(0, greatest(blocks - 1, 0), size) AS first""";

	private static final String STALE = LEAVES + """
			SELECT EXISTS (SELECT FROM heap
			                WHERE NOT EXISTS (SELECT FROM concertina.chunk c
			                                   WHERE c.change_id = ? AND c.phase = ? AND c.step = ?
			                                     AND c.relation = heap.relation AND c.filenode = heap.filenode))""";

	@Override
	public void plan(JdbcTemplate jdbc, ChunkTask task) {
		String table = task.table().quoted();
		JdbcClient.create(jdbc)
			.sql(PLAN)
			.params(table, table, task.change().value(), task.phase().name(), task.step(), task.passes())
			.params(BLOCKS_PER_CHUNK, MAX_CHUNKS)
			.update();
	}

	@Override
	public boolean isStale(JdbcTemplate jdbc, ChunkTask task) {
		String table = task.table().quoted();
		return JdbcClient.create(jdbc)
			.sql(STALE)
			.params(table, table, task.change().value(), task.phase().name(), task.step())
			.query(Boolean.class)
			.single();
	}

}
