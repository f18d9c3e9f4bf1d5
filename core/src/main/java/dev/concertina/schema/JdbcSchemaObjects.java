package dev.concertina.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the catalog what is no table. Definitions are read without a search path, so
 * that every name in them is qualified.
 */
final class JdbcSchemaObjects implements SchemaObjects {

	private static final String SCHEMA = """
			SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = coalesce(?::text, current_schema())""";

	private static final String COMMENT = """
			SELECT d.description
			  FROM pg_catalog.pg_description d
			  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND a.attnum > 0
			 WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = pg_catalog.to_regclass(?)
			   AND a.attname IS NOT DISTINCT FROM ?::text""";

	private static final String NOT_NULL = """
			SELECT k.conname
			  FROM pg_catalog.pg_constraint k
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
			 WHERE k.contype = 'n' AND k.conrelid = pg_catalog.to_regclass(?) AND a.attname = ?""";

	private static final String ROW_SECURITY = """
			SELECT relrowsecurity FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?)""";

	/** A table, with its partitions. */
	private static final String RELATION = """
			WITH relation AS (SELECT pg_catalog.to_regclass(:name)::oid AS oid
			                   UNION
			                  SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(:name)))""";

	/**
	 * Gone with a table are its indexes and sequences, and the type of its rows. A
	 * sequence is itself a part of the column that owns it.
	 */
	private static final String DEPENDANTS = """
			%s,
			     part AS (SELECT 'pg_catalog.pg_class'::regclass::oid AS class, oid FROM relation
			               UNION ALL
			              SELECT 'pg_catalog.pg_class'::regclass, d.objid
			                FROM pg_catalog.pg_depend d
			                JOIN relation ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = relation.oid
			               WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
			               UNION ALL
			              SELECT 'pg_catalog.pg_type'::regclass, type.oid
			                FROM pg_catalog.pg_type t
			                JOIN relation ON t.typrelid = relation.oid
			               CROSS JOIN LATERAL (VALUES (t.oid), (t.typarray)) AS type (oid))
			SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
			  FROM part
			  JOIN pg_catalog.pg_depend d ON d.refclassid = part.class AND d.refobjid = part.oid AND d.deptype = 'n'
			  LEFT JOIN pg_catalog.pg_constraint k ON d.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objid
			  LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
			  LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
			  LEFT JOIN pg_catalog.pg_policy p ON d.classid = 'pg_catalog.pg_policy'::regclass AND p.oid = d.objid
			  LEFT JOIN pg_catalog.pg_attrdef v ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND v.oid = d.objid
			 WHERE coalesce(k.conrelid, r.ev_class, g.tgrelid, p.polrelid, v.adrelid, 0) NOT IN (SELECT oid FROM relation)
			 UNION
			SELECT pg_catalog.pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
			  FROM pg_catalog.pg_depend d
			  JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
			 WHERE d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = pg_catalog.to_regclass(:name)
			   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
			 ORDER BY 1"""
		.formatted(RELATION);

	private static final String REFERRED = """
			%s
			SELECT DISTINCT n.nspname, c.relname
			  FROM pg_catalog.pg_constraint k
			  JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE k.contype = 'f' AND k.conrelid IN (SELECT oid FROM relation)
			   AND k.confrelid NOT IN (SELECT oid FROM relation)
			 ORDER BY n.nspname, c.relname""".formatted(RELATION);

	private static final String BYTES = """
			%s
			SELECT coalesce(sum(pg_catalog.pg_total_relation_size(oid)), 0) FROM relation""".formatted(RELATION);

	private static final String SEQUENCE = """
			SELECT n.nspname, c.relname
			  FROM pg_catalog.pg_class c
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind = 'S'""";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	JdbcSchemaObjects(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	@Override
	public Optional<String> schema(@Nullable String name) {
		return this.client.sql(SCHEMA).param(name).query(String.class).optional();
	}

	@Override
	public int majorVersion() {
		return this.client.sql("SELECT current_setting('server_version_num')::integer / 10000")
			.query(Integer.class)
			.single();
	}

	@Override
	public long bytes(TableName table) {
		return this.client.sql(BYTES).param("name", table.quoted()).query(Long.class).single();
	}

	@Override
	public Optional<String> comment(TableName table, @Nullable ColumnName column) {
		return this.client.sql(COMMENT)
			.param(table.quoted())
			.param((column != null) ? column.value() : null)
			.query(String.class)
			.optional();
	}

	@Override
	public Optional<Identifier> notNull(TableName table, ColumnName column) {
		return this.client.sql(NOT_NULL)
			.params(table.quoted(), column.value())
			.query((row, number) -> new Identifier(row.getString(1)))
			.optional();
	}

	@Override
	public boolean hasRowSecurity(TableName table) {
		return this.client.sql(ROW_SECURITY).param(table.quoted()).query(Boolean.class).optional().orElse(false);
	}

	@Override
	public List<String> dependants(TableName relation) {
		return this.client.sql(DEPENDANTS)
			.param("name", relation.quoted())
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Override
	public List<TableName> referred(TableName table) {
		return this.client.sql(REFERRED)
			.param("name", table.quoted())
			.query((row, number) -> new TableName(row.getString(1), row.getString(2)))
			.list();
	}

	@Override
	public List<String> rights(TableName from, TableName to) {
		return new JdbcRights(this.client).of(from, to);
	}

	@Override
	public List<String> rights(TableName from, List<ColumnName> columns, TableName to) {
		return new JdbcRights(this.client).ofTable(from, columns, to);
	}

	@Override
	public List<String> readRights(TableName from, List<ColumnName> columns, TableName to) {
		return new JdbcRights(this.client).toRead(from, columns, to);
	}

	@Override
	public List<String> rights(TableName table, List<ColumnName> columns, ColumnName to) {
		return new JdbcRights(this.client).ofColumn(table, columns, to);
	}

	@Override
	public Optional<View> view(TableName name) {
		return new JdbcCatalog(this.jdbc).table(name)
			.flatMap((found) -> unqualified((definitions) -> definitions.view(found.name())));
	}

	@Override
	public Optional<TableName> sequence(TableName name) {
		return this.client.sql(SEQUENCE)
			.param(name.quoted())
			.query((row, number) -> new TableName(row.getString(1), row.getString(2)))
			.optional();
	}

	@Override
	public List<String> trigger(TableName table, Identifier trigger) {
		return unqualified((definitions) -> definitions.trigger(table, trigger));
	}

	@Override
	public Optional<Routine> routine(String signature) {
		Optional<Long> oid = trial((trial) -> {
			try {
				return JdbcClient.create(trial)
					.sql("SELECT pg_catalog.to_regprocedure(?)::oid::bigint AS oid")
					.param(signature)
					.query((row, number) -> row.getLong("oid"))
					.optional();
			}
			catch (DataAccessException ex) {
				// what is no signature, and before PostgreSQL 16 a type that does not
				// exist
				return Optional.empty();
			}
		});
		return oid.flatMap((found) -> unqualified((definitions) -> definitions.routine(found)));
	}

	private <T> T unqualified(Function<JdbcDefinitions, T> read) {
		return trial((trial) -> {
			trial.execute("SET LOCAL search_path = ''");
			return read.apply(new JdbcDefinitions(JdbcClient.create(trial)));
		});
	}

	private <T> T trial(Function<JdbcTemplate, T> work) {
		return Objects.requireNonNull(
				this.jdbc.execute((ConnectionCallback<T>) (connection) -> RolledBack.run(connection, work)));
	}

}
