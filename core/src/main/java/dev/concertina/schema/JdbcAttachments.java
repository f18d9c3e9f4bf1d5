package dev.concertina.schema;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.Attachment.Kind;

/**
 * Asks PostgreSQL what a table has because of a column, and how it would be defined for
 * another one.
 *
 * <p>
 * No text is replaced in SQL: an empty, temporary twin of the table gets the same
 * indexes, checks and statistics, then its column is retyped and renamed, and the server
 * says how it defines them now. Nothing of the twin is committed.
 */
final class JdbcAttachments {

	private static final String INDEX_DEFINITION = """
			substr(pg_catalog.pg_get_indexdef(i.indexrelid),
			       length(format('CREATE %sINDEX %I ON %s%I.%I ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END,
			                     c.relname, CASE c.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END,
			                     CASE n.oid WHEN pg_catalog.pg_my_temp_schema() THEN 'pg_temp' ELSE n.nspname END,
			                     t.relname)) + 1)""";

	private static final String STATISTICS_DEFINITION = """
			coalesce((SELECT '(' || string_agg(CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END,
			                                   ', ' ORDER BY kind) || ') '
			            FROM unnest(s.stxkind) AS kind
			           WHERE kind <> 'e'), '') || 'ON ' || pg_catalog.pg_get_statisticsobjdef_columns(s.oid)""";

	private static final String CONSTRAINT_DEFINITION = """
			left(pg_catalog.pg_get_constraintdef(k.oid), CASE WHEN k.convalidated THEN 1000000 ELSE -10 END)""";

	private static final String ATTACHED = """
			WITH involved AS (SELECT DISTINCT d.classid, d.objid
			                    FROM pg_catalog.pg_depend d
			                    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			                   WHERE d.refclassid = 'pg_catalog.pg_class'::regclass
			                     AND d.refobjid = pg_catalog.to_regclass(:table) AND a.attname = :column),
			     index AS (SELECT i.indexrelid, i.indisunique, c.relname, %s AS definition
			                 FROM pg_catalog.pg_index i
			                 JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			                 JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			                 JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			                WHERE i.indrelid = pg_catalog.to_regclass(:table) AND i.indisvalid)
			SELECT CASE WHEN index.indisunique THEN 'UNIQUE_INDEX' ELSE 'INDEX' END AS kind, index.relname AS name,
			       index.definition, '' AS clauses, true AS validated,
			       pg_catalog.obj_description(index.indexrelid, 'pg_class') AS comment
			  FROM index
			  JOIN involved ON involved.classid = 'pg_catalog.pg_class'::regclass AND involved.objid = index.indexrelid
			 UNION ALL
			SELECT CASE k.contype WHEN 'p' THEN 'PRIMARY_KEY' ELSE 'UNIQUE' END, k.conname, index.definition,
			       CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
			           || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END,
			       true, pg_catalog.obj_description(k.oid, 'pg_constraint')
			  FROM pg_catalog.pg_constraint k
			  JOIN involved ON involved.classid = 'pg_catalog.pg_constraint'::regclass AND involved.objid = k.oid
			  JOIN index ON index.indexrelid = k.conindid
			 WHERE k.contype IN ('p', 'u') AND k.conrelid = pg_catalog.to_regclass(:table)
			 UNION ALL
			SELECT 'CHECK', k.conname, %s, '', k.convalidated, pg_catalog.obj_description(k.oid, 'pg_constraint')
			  FROM pg_catalog.pg_constraint k
			  JOIN involved ON involved.classid = 'pg_catalog.pg_constraint'::regclass AND involved.objid = k.oid
			 WHERE k.contype = 'c'
			 UNION ALL
			SELECT 'STATISTICS', s.stxname, %s, '', true, pg_catalog.obj_description(s.oid, 'pg_statistic_ext')
			  FROM pg_catalog.pg_statistic_ext s
			  JOIN involved ON involved.classid = 'pg_catalog.pg_statistic_ext'::regclass AND involved.objid = s.oid
			 ORDER BY name""".formatted(INDEX_DEFINITION, CONSTRAINT_DEFINITION, STATISTICS_DEFINITION);

	/**
	 * A key of a table on itself is there twice if the column is on both of its sides.
	 */
	private static final String FOREIGN_KEYS = """
			WITH key AS (SELECT k.oid, array_agg(l.attname::text ORDER BY place) AS local_columns,
			                    array_agg(f.attname::text ORDER BY place) AS foreign_columns,
			                    format('FOREIGN KEY (%s) REFERENCES %s(%s)',
			                           string_agg(quote_ident(l.attname), ', ' ORDER BY place), k.confrelid::regclass,
			                           string_agg(quote_ident(f.attname), ', ' ORDER BY place)) AS head
			               FROM pg_catalog.pg_constraint k
			              CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (local_number, foreign_number, place)
			               JOIN pg_catalog.pg_attribute l ON l.attrelid = k.conrelid AND l.attnum = pair.local_number
			               JOIN pg_catalog.pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = pair.foreign_number
			              WHERE k.contype = 'f' AND k.conparentid = 0
			              GROUP BY k.oid)
			SELECT side.kind, k.conname AS name, key.local_columns, key.foreign_columns, k.convalidated AS validated,
			       n.nspname AS other_schema, c.relname AS other,
			       rn.nspname AS referenced_schema, r.relname AS referenced,
			       left(substr(pg_catalog.pg_get_constraintdef(k.oid), length(key.head) + 1),
			            CASE WHEN k.convalidated THEN 1000000 ELSE -10 END) AS clauses,
			       pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
			  FROM key
			  JOIN pg_catalog.pg_constraint k ON k.oid = key.oid
			  JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			  JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
			 CROSS JOIN LATERAL (VALUES ('FOREIGN_KEY', k.conrelid, k.confrelid, key.local_columns),
			                            ('REFERENCE', k.confrelid, k.conrelid, key.foreign_columns)) AS side (kind, here, there, columns)
			  JOIN pg_catalog.pg_class c ON c.oid = side.there
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE side.here = pg_catalog.to_regclass(:table) AND :column = ANY (side.columns)
			 ORDER BY k.conname, side.kind""";

	private static final String TWIN = "pg_temp.concertina_twin";

	private static final String TWIN_INDEX = """
			SELECT %s
			  FROM pg_catalog.pg_index i
			  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE i.indexrelid = pg_catalog.to_regclass('pg_temp.' || ?)""".formatted(INDEX_DEFINITION);

	private static final String TWIN_CHECK = """
			SELECT %s
			  FROM pg_catalog.pg_constraint k
			 WHERE k.conrelid = pg_catalog.to_regclass('%s') AND k.conname = ?""".formatted(CONSTRAINT_DEFINITION,
			TWIN);

	private static final String TWIN_STATISTICS = """
			SELECT %s
			  FROM pg_catalog.pg_statistic_ext s
			 WHERE s.stxrelid = pg_catalog.to_regclass('%s') AND s.stxname = ?""".formatted(STATISTICS_DEFINITION,
			TWIN);

	private final JdbcTemplate jdbc;

	JdbcAttachments(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return what a table has because of a column, as another column would have it.
	 */
	List<Attachment> of(TableName table, ColumnName from, Column to) {
		return Objects.requireNonNull(this.jdbc.execute((ConnectionCallback<List<Attachment>>) (connection) -> {
			JdbcClient client = JdbcClient.create(on(connection));
			List<Attachment> all = new ArrayList<>();
			List<Attachment> found = attached(client, table, from);
			if (!found.isEmpty()) {
				all.addAll(rolledBack(connection, () -> onTwin(connection, table, from, to, found)));
			}
			all.addAll(foreignKeys(client, table, from, to.name()));
			return all;
		}));
	}

	private static List<Attachment> attached(JdbcClient client, TableName table, ColumnName column) {
		return client.sql(ATTACHED)
			.param("table", table.quoted())
			.param("column", column.value())
			.query((row, number) -> new Attachment(Kind.valueOf(row.getString("kind")),
					new Identifier(row.getString("name")), row.getString("definition"), row.getString("clauses"), null,
					row.getBoolean("validated"), row.getString("comment")))
			.list();
	}

	/**
	 * Build on the twin what the table has, change its column as the operation will, and
	 * read it back.
	 */
	private static List<Attachment> onTwin(Connection connection, TableName table, ColumnName from, Column to,
			List<Attachment> found) {
		JdbcTemplate twin = on(connection);
		twin.execute("CREATE TEMP TABLE concertina_twin (LIKE %s)".formatted(table.quoted()));
		for (int number = 0; number < found.size(); number++) {
			twin.execute(create(found.get(number), new Identifier("c" + number)));
		}
		retype(twin, table, from, to);
		if (!from.equals(to.name())) {
			twin.execute("ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(TWIN, from.quoted(), to.name().quoted()));
		}
		List<Attachment> carried = new ArrayList<>();
		for (int number = 0; number < found.size(); number++) {
			Attachment old = found.get(number);
			carried.add(old.definedAs(read(JdbcClient.create(twin), old.kind(), "c" + number)));
		}
		return carried;
	}

	private static String create(Attachment attachment, Identifier name) {
		return switch (attachment.kind()) {
			case INDEX -> "CREATE INDEX %s ON %s %s".formatted(name.quoted(), TWIN, attachment.definition());
			case UNIQUE_INDEX, UNIQUE, PRIMARY_KEY ->
				"CREATE UNIQUE INDEX %s ON %s %s".formatted(name.quoted(), TWIN, attachment.definition());
			case CHECK -> "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(TWIN, name.quoted(), attachment.definition());
			case STATISTICS ->
				"CREATE STATISTICS pg_temp.%s %s FROM %s".formatted(name.quoted(), attachment.definition(), TWIN);
			case FOREIGN_KEY, REFERENCE -> throw new IllegalArgumentException(attachment.toString());
		};
	}

	private static void retype(JdbcTemplate twin, TableName table, ColumnName from, Column to) {
		try {
			twin.execute("ALTER TABLE %s ALTER COLUMN %s TYPE %s USING NULL".formatted(TWIN, from.quoted(), to.type()));
		}
		catch (DataAccessException ex) {
			throw new InvalidDefinitionException(
					"What column %s.%s has can't be had by one of type %s: %s".formatted(table, from, to.type(),
							String.valueOf(ex.getMostSpecificCause().getMessage()).lines().findFirst().orElse("")),
					"Drop the index or the constraint first, by a change of its own.");
		}
	}

	private static String read(JdbcClient twin, Kind kind, String name) {
		String query = switch (kind) {
			case CHECK -> TWIN_CHECK;
			case STATISTICS -> TWIN_STATISTICS;
			default -> TWIN_INDEX;
		};
		return twin.sql(query).param(name).query(String.class).single();
	}

	private static List<Attachment> foreignKeys(JdbcClient client, TableName table, ColumnName from, ColumnName to) {
		return client.sql(FOREIGN_KEYS)
			.param("table", table.quoted())
			.param("column", from.value())
			.query((row, number) -> foreignKey(row, from, to))
			.list();
	}

	private static Attachment foreignKey(ResultSet row, ColumnName from, ColumnName to) throws SQLException {
		Kind kind = Kind.valueOf(row.getString("kind"));
		TableName referenced = new TableName(row.getString("referenced_schema"), row.getString("referenced"));
		String definition = "FOREIGN KEY (%s) REFERENCES %s (%s)".formatted(
				columns(row.getArray("local_columns"), from, (kind == Kind.FOREIGN_KEY) ? to : from),
				referenced.quoted(),
				columns(row.getArray("foreign_columns"), from, (kind == Kind.REFERENCE) ? to : from));
		return new Attachment(kind, new Identifier(row.getString("name")), definition, row.getString("clauses"),
				new TableName(row.getString("other_schema"), row.getString("other")), row.getBoolean("validated"),
				row.getString("comment"));
	}

	private static String columns(Array names, ColumnName from, ColumnName to) throws SQLException {
		return Arrays.stream((String[]) names.getArray())
			.map(ColumnName::of)
			.map((name) -> name.equals(from) ? to : name)
			.map(ColumnName::quoted)
			.collect(Collectors.joining(", "));
	}

	private static <T> T rolledBack(Connection connection, Supplier<T> work) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		Savepoint before = connection.setSavepoint();
		try {
			return work.get();
		}
		finally {
			connection.rollback(before);
			if (autoCommit) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

	private static JdbcTemplate on(Connection connection) {
		return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
	}

}
