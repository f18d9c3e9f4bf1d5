package dev.concertina.schema;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.concertina.schema.Attachment.Kind;

/**
 * Asks PostgreSQL what a table has because of a column, and, by a {@link Twin}, how that
 * would be defined for another one.
 */
final class JdbcAttachments {

	static final String INDEX_DEFINITION = """
			substr(pg_catalog.pg_get_indexdef(i.indexrelid),
			       length(format('CREATE %sINDEX %I ON %s%I.%I ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END,
			                     c.relname, CASE c.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END,
			                     CASE WHEN n.oid = pg_catalog.pg_my_temp_schema()
			                           AND current_setting('server_version_num')::int >= 150000
			                          THEN 'pg_temp' ELSE n.nspname END,
			                     t.relname)) + 1)""";

	static final String STATISTICS_DEFINITION = """
			coalesce((SELECT '(' || string_agg(CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END,
			                                   ', ' ORDER BY kind) || ') '
			            FROM unnest(s.stxkind) AS kind
			           WHERE kind <> 'e'), '') || 'ON ' || pg_catalog.pg_get_statisticsobjdef_columns(s.oid)""";

	static final String CONSTRAINT_DEFINITION = """
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
			       ln.nspname AS referring_schema, l.relname AS referring,
			       rn.nspname AS referenced_schema, r.relname AS referenced,
			       left(substr(pg_catalog.pg_get_constraintdef(k.oid), length(key.head) + 1),
			            CASE WHEN k.convalidated THEN 1000000 ELSE -10 END) AS clauses,
			       pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
			  FROM key
			  JOIN pg_catalog.pg_constraint k ON k.oid = key.oid
			  JOIN pg_catalog.pg_class l ON l.oid = k.conrelid
			  JOIN pg_catalog.pg_namespace ln ON ln.oid = l.relnamespace
			  JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			  JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
			 CROSS JOIN LATERAL (VALUES ('FOREIGN_KEY', k.conrelid, k.confrelid, key.local_columns),
			                            ('REFERENCE', k.confrelid, k.conrelid, key.foreign_columns)) AS side (kind, here, there, columns)
			  JOIN pg_catalog.pg_class c ON c.oid = side.there
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE side.here = pg_catalog.to_regclass(:table) AND :column = ANY (side.columns)
			 ORDER BY k.conname, side.kind""";

	private final JdbcTemplate jdbc;

	JdbcAttachments(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return what a table has because of a column, as another column would have it.
	 */
	List<Attachment> of(TableName table, ColumnName from, Column to, Renaming others) {
		return Objects.requireNonNull(this.jdbc.execute((ConnectionCallback<List<Attachment>>) (connection) -> {
			JdbcClient client = JdbcClient.create(on(connection));
			List<Attachment> all = new ArrayList<>();
			List<Attachment> found = attached(client, table, from);
			if (!found.isEmpty()) {
				all.addAll(Twin.of(connection, table, found, (twin) -> twin.definedFor(from, to)));
			}
			all.addAll(foreignKeys(client, table, from, (other, column) -> (other.equals(table) && column.equals(from))
					? to.name() : others.of(other, column)));
			return all;
		}));
	}

	/**
	 * Return whether a column can have another type without that the table or an index is
	 * written anew, or a check is made of all rows.
	 */
	boolean isInstant(TableName table, ColumnName column, SqlType type) {
		return Objects.requireNonNull(this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
			List<Attachment> found = attached(JdbcClient.create(on(connection)), table, column);
			return found.stream().noneMatch((attachment) -> attachment.kind() == Kind.CHECK)
					&& Twin.of(connection, table, found, (twin) -> twin.keepsItsFiles(column, type));
		}));
	}

	/**
	 * Return the columns of other tables, and of the table itself, that refer to a
	 * column.
	 */
	List<ColumnPlace> references(TableName table, ColumnName column) {
		return JdbcClient.create(this.jdbc)
			.sql(FOREIGN_KEYS)
			.param("table", table.quoted())
			.param("column", column.value())
			.query((row, number) -> reference(row, column))
			.list()
			.stream()
			.flatMap(Optional::stream)
			.distinct()
			.toList();
	}

	private static Optional<ColumnPlace> reference(ResultSet row, ColumnName column) throws SQLException {
		if (Kind.valueOf(row.getString("kind")) != Kind.REFERENCE) {
			return Optional.empty();
		}
		int place = columns(row.getArray("foreign_columns")).indexOf(column);
		return Optional.of(new ColumnPlace(new TableName(row.getString("referring_schema"), row.getString("referring")),
				columns(row.getArray("local_columns")).get(place)));
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
	 * A key between two columns that are both replaced belongs to the one that refers.
	 */
	private static List<Attachment> foreignKeys(JdbcClient client, TableName table, ColumnName from,
			Renaming renaming) {
		return client.sql(FOREIGN_KEYS)
			.param("table", table.quoted())
			.param("column", from.value())
			.query((row, number) -> foreignKey(row, renaming))
			.list()
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Attachment> foreignKey(ResultSet row, Renaming renaming) throws SQLException {
		Kind kind = Kind.valueOf(row.getString("kind"));
		TableName other = new TableName(row.getString("other_schema"), row.getString("other"));
		TableName referring = new TableName(row.getString("referring_schema"), row.getString("referring"));
		TableName referenced = new TableName(row.getString("referenced_schema"), row.getString("referenced"));
		List<ColumnName> local = columns(row.getArray("local_columns"));
		if (kind == Kind.REFERENCE
				&& local.stream().anyMatch((column) -> !renaming.of(referring, column).equals(column))) {
			return Optional.empty();
		}
		String definition = "FOREIGN KEY (%s) REFERENCES %s (%s)".formatted(renamed(referring, local, renaming),
				referenced.quoted(), renamed(referenced, columns(row.getArray("foreign_columns")), renaming));
		return Optional.of(new Attachment(kind, new Identifier(row.getString("name")), definition,
				row.getString("clauses"), other, row.getBoolean("validated"), row.getString("comment")));
	}

	private static List<ColumnName> columns(Array names) throws SQLException {
		return Arrays.stream((String[]) names.getArray()).map(ColumnName::of).toList();
	}

	private static String renamed(TableName table, List<ColumnName> columns, Renaming renaming) {
		return columns.stream().map((column) -> renaming.of(table, column).quoted()).collect(Collectors.joining(", "));
	}

	private static JdbcTemplate on(Connection connection) {
		return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
	}

}
