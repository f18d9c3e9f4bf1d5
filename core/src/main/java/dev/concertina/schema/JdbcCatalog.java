package dev.concertina.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.schema.Column.Generation;

/**
 * The catalog of a PostgreSQL database, read anew at every question.
 */
public final class JdbcCatalog implements Catalog {

	private static final String TABLE = """
			SELECT c.oid, n.nspname, c.relname,
			       CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_inherits i
			                          WHERE i.inhrelid = c.oid OR (i.inhparent = c.oid AND c.relkind = 'r')) THEN 'OTHER'
			            WHEN c.relkind = 'p' THEN 'PARTITIONED'
			            WHEN c.relkind = 'r' AND am.amname = 'heap' THEN 'ORDINARY'
			            ELSE 'OTHER' END AS kind
			  FROM pg_catalog.pg_class c
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
			 WHERE c.oid = pg_catalog.to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

	private static final String COLUMNS = """
			SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
			       CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_value,
			       CASE WHEN a.attgenerated <> '' THEN 'EXPRESSION'
			            WHEN a.attidentity <> '' THEN 'IDENTITY'
			            ELSE 'NONE' END AS generation,
			       a.atttypid
			  FROM pg_catalog.pg_attribute a
			  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			 WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
			 ORDER BY a.attnum""";

	private static final String PRIMARY_KEY = """
			SELECT a.attname
			  FROM pg_catalog.pg_constraint k
			 CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS key (attnum, position)
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.attnum
			 WHERE k.conrelid = ? AND k.contype = 'p'
			 ORDER BY key.position""";

	/** With names for what depends on the role, as a trigger runs under any role. */
	private static final String SEARCH_PATH = """
			SELECT coalesce(string_agg(quote_ident(name), ', ' ORDER BY place), '''''')
			  FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)""";

	private static final String SIMILAR = """
			SELECT n.nspname, c.relname
			  FROM pg_catalog.pg_class c
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', ?)
			   AND (lower(c.relname) = lower(?) OR lower(c.relname) LIKE lower(left(?, 4)) || '%')
			 ORDER BY lower(c.relname) = lower(?) DESC, n.nspname, c.relname
			 LIMIT 3""";

	/**
	 * Not what can be carried to another column, nor what is gone with its column without
	 * being missed.
	 */
	private static final String DEPENDANTS = """
			SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0)
			  FROM pg_catalog.pg_depend d
			  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			  LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
			  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
			  LEFT JOIN pg_catalog.pg_constraint k ON d.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objid
			  LEFT JOIN pg_catalog.pg_attrdef v ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND v.oid = d.objid
			 WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = pg_catalog.to_regclass(?)
			   AND a.attname = ? AND d.classid <> 'pg_catalog.pg_statistic_ext'::regclass
			   AND NOT (v.oid IS NOT NULL AND v.adnum = a.attnum)
			   AND NOT (c.relkind IS NOT NULL AND c.relkind IN ('S', 'i', 'I') AND NOT coalesce(i.indisreplident, false))
			   AND NOT (k.oid IS NOT NULL AND k.contype IN ('n', 'c', 'f', 'p', 'u'))
			 ORDER BY 1""";

	private static final String PARTITIONS = """
			SELECT n.nspname, c.relname, pn.nspname, p.relname, tree.isleaf
			  FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) AS tree
			  JOIN pg_catalog.pg_class c ON c.oid = tree.relid
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			  JOIN pg_catalog.pg_class p ON p.oid = tree.parentrelid
			  JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
			 WHERE tree.level > 0
			 ORDER BY tree.level, n.nspname, c.relname""";

	private final JdbcTemplate jdbc;

	private final StateSchemaName state;

	private final JdbcClient client;

	private final JdbcTypes types;

	/**
	 * Read the catalog through a template, with the state where it is if nothing else is
	 * said.
	 * @param jdbc the template; its search path finds tables that have no schema
	 */
	public JdbcCatalog(JdbcTemplate jdbc) {
		this(jdbc, StateSchemaName.DEFAULT);
	}

	/**
	 * Read the catalog through a template.
	 * @param jdbc the template; its search path finds tables that have no schema
	 * @param state the schema of the state
	 */
	public JdbcCatalog(JdbcTemplate jdbc, StateSchemaName state) {
		this.jdbc = jdbc;
		this.state = state;
		this.client = JdbcClient.create(jdbc);
		this.types = new JdbcTypes(jdbc);
	}

	@Override
	public Optional<Table> table(TableName name) {
		return this.client.sql(TABLE)
			.param(name.quoted())
			.query((row, number) -> new Relation(row.getLong("oid"),
					new TableName(row.getString("nspname"), row.getString("relname")),
					Table.Kind.valueOf(row.getString("kind"))))
			.optional()
			.map(this::table);
	}

	private Table table(Relation relation) {
		List<ColumnName> key = this.client.sql(PRIMARY_KEY)
			.param(relation.oid())
			.query((row, number) -> ColumnName.of(row.getString("attname")))
			.list();
		List<Column> columns = this.client.sql(COLUMNS)
			.param(relation.oid())
			.query((row, number) -> column(row))
			.list();
		return new Table(relation.name(), relation.kind(), columns, key);
	}

	private static Column column(ResultSet row) throws SQLException {
		SqlType type = SqlType.of(row.getString("type"));
		@Nullable String defaultValue = row.getString("default_value");
		return new Column(ColumnName.of(row.getString("attname")), type, row.getBoolean("nullable"),
				(defaultValue != null) ? SqlExpression.of(defaultValue) : null,
				Generation.valueOf(row.getString("generation")));
	}

	@Override
	public boolean isTaken(TableName name) {
		return this.client.sql("SELECT pg_catalog.to_regclass(?) IS NOT NULL")
			.param(name.quoted())
			.query(Boolean.class)
			.single();
	}

	@Override
	public List<TableName> similar(TableName name) {
		return this.client.sql(SIMILAR)
			.params(this.state.value(), name.name(), name.name(), name.name())
			.query((row, number) -> new TableName(row.getString(1), row.getString(2)))
			.list();
	}

	@Override
	public String searchPath() {
		return this.client.sql(SEARCH_PATH).query(String.class).single();
	}

	@Override
	public StateSchemaName stateSchema() {
		return this.state;
	}

	@Override
	public boolean exists(SqlType type) {
		return this.types.exists(type);
	}

	@Override
	public boolean isConstrained(SqlType type) {
		return this.types.isConstrained(type);
	}

	@Override
	public boolean isVolatile(Collection<String> functions) {
		return this.types.isVolatile(functions);
	}

	@Override
	public Optional<String> objection(SqlExpression expression, Table table, SqlType type) {
		return this.types.objection(expression, table, type);
	}

	@Override
	public List<Attachment> attachments(TableName table, ColumnName column, Column other, Renaming others) {
		return new JdbcAttachments(this.jdbc).of(table, column, other, others);
	}

	@Override
	public boolean isInstant(TableName table, ColumnName column, SqlType type) {
		return new JdbcAttachments(this.jdbc).isInstant(table, column, type);
	}

	@Override
	public List<String> settings(TableName table, ColumnName column, TableName to, Column other) {
		boolean sameType = table(table).flatMap((found) -> found.find(column))
			.filter((found) -> found.type().equals(other.type()))
			.isPresent();
		return new JdbcColumnSettings(this.client).of(table, column, to, other, sameType);
	}

	@Override
	public String collation(TableName table, ColumnName column, SqlType type) {
		return new JdbcColumnSettings(this.client).collation(table, column)
			.filter((clause) -> this.types.accepts(type, clause))
			.orElse("");
	}

	@Override
	public Optional<OwnedSequence> sequence(TableName table, ColumnName column) {
		return new JdbcColumnSettings(this.client).sequence(table, column);
	}

	@Override
	public List<ColumnPlace> references(TableName table, ColumnName column) {
		return new JdbcAttachments(this.jdbc).references(table, column);
	}

	@Override
	public Constraints constraints() {
		return new JdbcConstraints(this.jdbc);
	}

	@Override
	public List<String> labels(SqlType type) {
		return this.types.labels(type);
	}

	@Override
	public SqlExpression computed(SqlExpression value, ColumnName column, SqlType from, SqlExpression expression,
			SqlType to) {
		return this.types.computed(value, column, from, expression, to);
	}

	@Override
	public List<Partition> partitions(TableName table) {
		return this.client.sql(PARTITIONS)
			.param(table.quoted())
			.query((row, number) -> new Partition(new TableName(row.getString(1), row.getString(2)),
					new TableName(row.getString(3), row.getString(4)), row.getBoolean(5)))
			.list();
	}

	@Override
	public List<String> dependants(TableName table, ColumnName column) {
		return this.client.sql(DEPENDANTS)
			.params(table.quoted(), column.value())
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Override
	public List<String> triggersBehind(TableName table, Identifier trigger) {
		return new JdbcTriggers(this.client, table).behind(trigger);
	}

	@Override
	public Bystanders bystanders(TableName table) {
		return new JdbcTriggers(this.client, table).bystanders();
	}

	@Override
	public Belongings belongings(TableName table) {
		return new JdbcBelongings(this.jdbc, table);
	}

	@Override
	public SchemaObjects objects() {
		return new JdbcSchemaObjects(this.jdbc);
	}

	@Override
	public Rehearsal rehearsal(List<String> before) {
		return new JdbcRehearsal(this.jdbc, before);
	}

	private record Relation(long oid, TableName name, Table.Kind kind) {

	}

}
