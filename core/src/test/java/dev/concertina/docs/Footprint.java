package dev.concertina.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.jdbc.Database;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;
import dev.concertina.testing.TestDatabase;

/**
 * What statements do to the tables that were there before, as PostgreSQL tells.
 *
 * @param locks the strongest lock on each table that others may wait for
 * @param visited the tables whose rows were read, written or copied into another file
 */
record Footprint(Map<TableName, TableLock.Mode> locks, List<TableName> visited) {

	private static final String TABLES = """
			SELECT n.nspname, c.relname, c.oid,
			       concat_ws(' ', pg_catalog.pg_relation_filenode(c.oid), s.seq_scan, s.n_tup_ins, s.n_tup_upd, s.n_tup_del)
			  FROM pg_catalog.pg_class c
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			  LEFT JOIN pg_catalog.pg_stat_xact_user_tables s ON s.relid = c.oid
			 WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'""";

	/** A partition is locked with its table. */
	private static final String LOCKS = """
			SELECT n.nspname, c.relname, l.mode
			  FROM pg_catalog.pg_locks l
			  JOIN pg_catalog.pg_class c ON c.oid = l.relation
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE l.pid = pg_backend_pid() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = 'public'
			   AND c.relname = ANY (?)
			   AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')""";

	/**
	 * Runs the statements in one transaction.
	 */
	static Footprint of(TestDatabase database, List<String> statements) {
		return new Database(database.dataSource()).inTransaction((jdbc) -> {
			Map<TableName, Rows> before = tables(jdbc);
			statements.forEach(jdbc::execute);
			Map<TableName, Rows> after = tables(jdbc);
			return new Footprint(strongest(locks(jdbc, before.keySet())),
					before.entrySet()
						.stream()
						.filter((table) -> table.getValue().wereVisited(after.get(table.getKey())))
						.map(Map.Entry::getKey)
						.toList());
		});
	}

	static Map<TableName, TableLock.Mode> strongest(Stream<TableLock> locks) {
		Map<TableName, TableLock> all = new LinkedHashMap<>();
		locks.forEach((lock) -> all.merge(lock.table(), lock, TableLock::strongest));
		Map<TableName, TableLock.Mode> modes = new LinkedHashMap<>();
		all.forEach((table, lock) -> modes.put(table, lock.mode()));
		return modes;
	}

	private static Map<TableName, Rows> tables(JdbcTemplate jdbc) {
		return JdbcClient.create(jdbc)
			.sql(TABLES)
			.query((row, number) -> Map.entry(new TableName(row.getString(1), row.getString(2)),
					new Rows(row.getLong(3), row.getString(4))))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static Stream<TableLock> locks(JdbcTemplate jdbc, Set<TableName> tables) {
		return JdbcClient.create(jdbc)
			.sql(LOCKS)
			.param(tables.stream().map(TableName::name).toArray(String[]::new))
			.query((row, number) -> new TableLock(new TableName(row.getString(1), row.getString(2)),
					mode(row.getString(3))))
			.list()
			.stream();
	}

	private static TableLock.Mode mode(String mode) {
		return Stream.of(TableLock.Mode.values())
			.filter((candidate) -> mode.equalsIgnoreCase(candidate.sql().replace(" ", "") + "Lock"))
			.findFirst()
			.orElseThrow(() -> new AssertionError(mode));
	}

	/**
	 * The rows of a table, which another one of its name does not share.
	 */
	private record Rows(long table, String counters) {

		boolean wereVisited(@Nullable Rows later) {
			return later != null && this.table == later.table && !this.counters.equals(later.counters);
		}

	}

}
