package dev.concertina.chunk;

import java.util.List;

import dev.concertina.jdbc.StateJdbc;

/**
 * Cuts each leaf partition of a table as its kind allows.
 *
 * @param blocks for heaps
 * @param keys for everything else
 */
record LeafRanges(BlockRanges blocks, KeyRanges keys) implements ChunkSource {

	/**
	 * What a table or view consists of; its parameters are twice its name, quoted, and
	 * whether even heaps are to be gone over by their keys.
	 */
	static final String LEAVES = """
			WITH leaf AS (SELECT t.oid AS relation, format('%I.%I', n.nspname, t.relname) AS name,
			                     t.relkind IN ('r', 'm') AND m.amname = 'heap' AND NOT w.by_key AS by_block
			                FROM (SELECT relid FROM pg_catalog.pg_partition_tree(to_regclass(?)) WHERE isleaf
			                       UNION
			                      SELECT oid FROM pg_catalog.pg_class WHERE oid = to_regclass(?) AND relkind <> 'p') AS l (relation)
			                JOIN pg_catalog.pg_class t ON t.oid = l.relation
			                JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			                LEFT JOIN pg_catalog.pg_am m ON m.oid = t.relam
			               CROSS JOIN (VALUES (?)) AS w (by_key))
			""";

	private static final String UNPLANNED = LEAVES + """
			SELECT name
			  FROM leaf
			 WHERE NOT EXISTS (SELECT FROM {state}.chunk c
			                    WHERE c.change_id = ? AND c.phase = ? AND c.step = ? AND c.relation = leaf.relation)
			   AND NOT EXISTS (SELECT FROM {state}.keyset k
			                    WHERE k.change_id = ? AND k.phase = ? AND k.step = ? AND k.relation = leaf.relation)
			 ORDER BY 1""";

	@Override
	public void plan(StateJdbc jdbc, ChunkTask task) {
		this.blocks.plan(jdbc, task);
		this.keys.plan(jdbc, task);
	}

	@Override
	public List<String> unplanned(StateJdbc jdbc, ChunkTask task) {
		return jdbc.state(UNPLANNED)
			.params(leaves(task))
			.params(task.id())
			.params(task.id())
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Return the parameters of {@link #LEAVES}.
	 */
	static Object[] leaves(ChunkTask task) {
		String table = task.table().quoted();
		return new Object[] { table, table, task.order().byKey() };
	}

}
