package dev.concertina.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * Asks PostgreSQL about indexes and constraints, and by a {@link Trial} about new ones.
 */
final class JdbcConstraints implements Constraints {

	private static final String INDEX = """
			SELECT n.nspname, c.relname, tn.nspname AS table_schema, t.relname AS table_name, i.indisvalid AS valid,
			       k.conname, pn.nspname AS parent_schema, p.relname AS parent,
			       CASE WHEN c.relkind = 'I' THEN 'PARTITIONED' WHEN i.indisexclusion THEN 'EXCLUSION' ELSE 'ORDINARY' END AS kind,
			       ARRAY(SELECT a.attname::text
			               FROM pg_catalog.pg_attribute a
			              WHERE a.attrelid = t.oid AND a.attnum > 0
			                AND (a.attnum = ANY (i.indkey)
			                     OR EXISTS (SELECT FROM pg_catalog.pg_depend d
			                                 WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
			                                   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid
			                                   AND d.refobjsubid = a.attnum))) AS columns,
			       ARRAY(SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0)
			               FROM pg_catalog.pg_depend d
			              WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.deptype = 'n'
			              UNION ALL
			             SELECT 'replica identity of table ' || t.oid::regclass WHERE i.indisreplident) AS dependants,
			       pg_catalog.obj_description(c.oid, 'pg_class') AS comment
			  FROM pg_catalog.pg_index i
			  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			  JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
			  LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = c.oid AND k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x')
			  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid
			  LEFT JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
			  LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
			 WHERE %s
			 ORDER BY n.nspname, c.relname""";

	private static final String ONE = INDEX.formatted("c.oid = pg_catalog.to_regclass(:index)");

	private static final String PARTS = INDEX.formatted("""
			c.oid = pg_catalog.to_regclass(:index)
			    OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(:index)))""");

	private static final String CONSTRAINTS = """
			SELECT k.conname, pg_catalog.pg_get_constraintdef(k.oid) AS definition, n.nspname, r.relname,
			       CASE k.contype WHEN 'c' THEN 'CHECK' WHEN 'f' THEN 'FOREIGN_KEY' WHEN 'u' THEN 'UNIQUE'
			                      WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'x' THEN 'EXCLUSION' WHEN 'n' THEN 'NOT_NULL'
			                      ELSE 'TRIGGER' END AS kind,
			       ARRAY(SELECT a.attname::text
			               FROM pg_catalog.pg_attribute a
			              WHERE a.attrelid = k.conrelid AND a.attnum > 0 AND a.attnum = ANY (k.conkey)) AS columns,
			       ARRAY(SELECT a.attname::text
			               FROM pg_catalog.pg_attribute a
			              WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)) AS referenced,
			       k.coninhcount > 0 AS inherited,
			       ARRAY(SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0)
			               FROM pg_catalog.pg_depend d
			              WHERE d.deptype = 'n'
			                AND ((d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid = k.oid)
			                     OR (d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = k.conindid
			                         AND k.contype <> 'f'))
			              UNION ALL
			             SELECT 'replica identity of table ' || k.conrelid::regclass
			              WHERE k.contype <> 'f' AND EXISTS (SELECT FROM pg_catalog.pg_index i
			                                                  WHERE i.indexrelid = k.conindid AND i.indisreplident)) AS dependants,
			       pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment
			  FROM pg_catalog.pg_constraint k
			  LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
			 WHERE k.conrelid = pg_catalog.to_regclass(?)
			 ORDER BY k.conname""";

	private static final String IS_KEY = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_index i
			                CROSS JOIN LATERAL (SELECT array_agg(a.attname::text) AS names
			                                      FROM pg_catalog.pg_attribute a
			                                      JOIN unnest(i.indkey) WITH ORDINALITY AS part (attnum, place)
			                                        ON part.attnum = a.attnum AND part.place <= i.indnkeyatts
			                                     WHERE a.attrelid = i.indrelid) AS key
			                WHERE i.indrelid = pg_catalog.to_regclass(:table) AND i.indisunique AND i.indimmediate AND i.indisvalid
			                  AND i.indpred IS NULL AND i.indexprs IS NULL
			                  AND key.names @> :columns::text[] AND key.names <@ :columns::text[])""";

	private static final String IS_INDEXABLE = """
			SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class c
			                    WHERE c.oid = pg_catalog.to_regclass(?)
			                      AND (c.relkind NOT IN ('r', 'p', 'm') OR (c.relkind = 'p' AND c.relispartition)))""";

	private static final String NAME_OF_ONLY_INDEX = """
			SELECT c.relname
			  FROM pg_catalog.pg_index i
			  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			 WHERE i.indrelid = pg_catalog.to_regclass(?)""";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	JdbcConstraints(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	@Override
	public Optional<Index> index(TableName name) {
		return this.client.sql(ONE).param("index", name.quoted()).query((row, number) -> index(row)).optional();
	}

	@Override
	public List<Index> parts(TableName index) {
		return this.client.sql(PARTS).param("index", index.quoted()).query((row, number) -> index(row)).list();
	}

	private static Index index(ResultSet row) throws SQLException {
		@Nullable String constraint = row.getString("conname");
		@Nullable String parent = row.getString("parent");
		return new Index(new TableName(row.getString("nspname"), row.getString("relname")),
				new TableName(row.getString("table_schema"), row.getString("table_name")),
				Index.Kind.valueOf(row.getString("kind")), row.getBoolean("valid"), columns(row, "columns"),
				(constraint != null) ? new Identifier(constraint) : null,
				(parent != null) ? new TableName(row.getString("parent_schema"), parent) : null,
				texts(row, "dependants"), row.getString("comment"));
	}

	@Override
	public List<Constraint> of(TableName table) {
		return this.client.sql(CONSTRAINTS).param(table.quoted()).query((row, number) -> constraint(row)).list();
	}

	private static Constraint constraint(ResultSet row) throws SQLException {
		@Nullable String references = row.getString("relname");
		return new Constraint(new Identifier(row.getString("conname")), Constraint.Kind.valueOf(row.getString("kind")),
				row.getString("definition"), columns(row, "columns"),
				(references != null) ? new TableName(row.getString("nspname"), references) : null,
				columns(row, "referenced"), row.getBoolean("inherited"), texts(row, "dependants"),
				row.getString("comment"));
	}

	private static List<ColumnName> columns(ResultSet row, String column) throws SQLException {
		return texts(row, column).stream().map(ColumnName::of).toList();
	}

	private static List<String> texts(ResultSet row, String column) throws SQLException {
		return Arrays.asList((String[]) row.getArray(column).getArray());
	}

	@Override
	public boolean isKey(TableName table, List<ColumnName> columns) {
		return this.client.sql(IS_KEY)
			.param("table", table.quoted())
			.param("columns", columns.stream().map(ColumnName::value).toArray(String[]::new))
			.query(Boolean.class)
			.single();
	}

	@Override
	public boolean isIndexable(TableName table) {
		return this.client.sql(IS_INDEXABLE).param(table.quoted()).query(Boolean.class).single();
	}

	@Override
	public Optional<String> objection(List<Table> tables, Function<List<String>, List<String>> statements) {
		return tryOut(tables,
				(trial, names) -> statements.apply(names)
					.stream()
					.flatMap((statement) -> Attempt.at(trial, statement).stream())
					.findFirst());
	}

	@Override
	public Identifier nameOfIndex(Table table, boolean unique, String definition) {
		return tryOut(List.of(table), (trial, names) -> {
			Attempt
				.at(trial, "CREATE %s ON %s %s".formatted(unique ? "UNIQUE INDEX" : "INDEX", names.get(0), definition))
				.ifPresent((objection) -> {
					throw new InvalidDefinitionException(
							"The index %s of %s can't be built: %s".formatted(definition, table.name(), objection),
							"Write each item as the name of a column, or as it stands in CREATE INDEX, such as: lower(mail), (a || b) DESC.");
				});
			return new Identifier(
					JdbcClient.create(trial).sql(NAME_OF_ONLY_INDEX).param(names.get(0)).query(String.class).single());
		});
	}

	private <T> T tryOut(List<Table> tables, BiFunction<JdbcTemplate, List<String>, T> work) {
		return Objects.requireNonNull(this.jdbc.execute((Connection connection) -> RolledBack.run(connection,
				(trial) -> work.apply(trial, new Trial(trial).create(tables)))));
	}

}
