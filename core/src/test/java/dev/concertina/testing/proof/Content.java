package dev.concertina.testing.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.concertina.testing.TestDatabase;

/**
 * The rows of all tables of a user, whatever the order of rows and columns is.
 */
final class Content {

	private static final String TABLES = """
			SELECT c.oid::regclass::text
			  FROM pg_class c
			  JOIN pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_'
			   AND n.nspname NOT IN ('information_schema', 'concertina') AND c.relname <> 'flyway_schema_history'
			 ORDER BY 1""";

	private Content() {
	}

	static List<String> tables(TestDatabase database) {
		return database.jdbc().sql(TABLES).query((row, number) -> row.getString(1)).list();
	}

	/**
	 * Returns the rows of each table, without the values of some columns.
	 */
	static Map<String, List<String>> of(TestDatabase database, List<String> ignored) {
		Map<String, List<String>> rows = new TreeMap<>();
		for (String table : tables(database)) {
			rows.put(table,
					database.jdbc()
						.sql("SELECT (to_jsonb(t) - ?::text[])::text FROM %s AS t ORDER BY 1".formatted(table))
						.param(ignored.toArray(String[]::new))
						.query((row, number) -> row.getString(1))
						.list());
		}
		return rows;
	}

	/**
	 * Returns the names of the columns of all tables, each with that of its table.
	 */
	static Set<String> columns(TestDatabase database) {
		Set<String> columns = new HashSet<>();
		for (String table : tables(database)) {
			database.jdbc()
				.sql("SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped")
				.param(table)
				.query((row, number) -> columns.add(table + " " + row.getString(1)))
				.list();
		}
		return columns;
	}

	/**
	 * Returns the rows of each table, with the values of some columns only.
	 */
	static Map<String, List<String>> only(TestDatabase database, Set<String> columns) {
		Map<String, List<String>> rows = new TreeMap<>();
		for (String table : tables(database)) {
			String[] kept = columns.stream()
				.filter((column) -> column.startsWith(table + " "))
				.map((column) -> column.substring(table.length() + 1))
				.toArray(String[]::new);
			if (kept.length > 0) {
				rows.put(table, database.jdbc()
					.sql("SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key = ANY (?))::text FROM %s AS t ORDER BY 1"
						.formatted(table))
					.param(kept)
					.query((row, number) -> row.getString(1))
					.list());
			}
		}
		return rows;
	}

}
