package dev.concertina.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.schema.Attachment.Kind;

/**
 * Asks PostgreSQL for the belongings of a table.
 */
final class JdbcBelongings implements Belongings {

	/**
	 * A trigger that runs before a row is written may not send it to another partition.
	 * What it does is in its text, if it is one that can be read.
	 */
	private static final String OBSTACLES = """
			WITH one AS (SELECT c.*, c.oid AS id FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(:table)),
			     index AS (SELECT i.*, c.reltablespace, a.amname, coalesce(k.contype, ' ') AS contype, coalesce(k.condeferrable, false) AS is_deferrable,
			                      EXISTS (SELECT FROM unnest(i.indkey) WITH ORDINALITY AS part (attnum, place)
			                                JOIN pg_catalog.pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = part.attnum
			                               WHERE part.place <= i.indnkeyatts AND t.attname = :column) AS with_column
			                 FROM one
			                 JOIN pg_catalog.pg_index i ON i.indrelid = one.id
			                 JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			                 JOIN pg_catalog.pg_am a ON a.oid = c.relam
			                 LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = one.id AND k.contype IN ('p', 'u', 'x'))
			SELECT 'row-level security' AS obstacle
			  FROM one
			 WHERE relrowsecurity OR EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = one.id)
			 UNION ALL
			SELECT 'that it is unlogged or temporary' FROM one WHERE relpersistence <> 'p'
			 UNION ALL
			SELECT format('that it is of type %s', reloftype::regtype) FROM one WHERE reloftype <> 0
			 UNION ALL
			SELECT 'its replica identity' FROM one WHERE relreplident <> 'd'
			 UNION ALL
			SELECT DISTINCT 'its tablespace, or that of an index'
			  FROM (SELECT reltablespace FROM one UNION ALL SELECT reltablespace FROM index) AS place
			 WHERE reltablespace <> 0
			 UNION ALL
			SELECT 'publication ' || p.pubname
			  FROM one
			  JOIN pg_catalog.pg_namespace n ON n.oid = one.relnamespace
			  JOIN pg_catalog.pg_publication_tables p ON p.schemaname = n.nspname AND p.tablename = one.relname
			 UNION ALL
			SELECT pg_catalog.pg_describe_object('pg_catalog.pg_rewrite'::regclass, r.oid, 0)
			  FROM one
			  JOIN pg_catalog.pg_rewrite r ON r.ev_class = one.id
			 UNION ALL
			SELECT format('index %s, which %s', indexrelid::regclass,
			              CASE WHEN NOT indisvalid THEN 'is not valid'
			                   WHEN contype = 'x' OR amname <> 'btree' AND contype <> ' ' THEN 'excludes more than equal values'
			                   WHEN is_deferrable THEN 'is that of a deferrable constraint'
			                   WHEN contype = 'p' THEN 'includes other columns'
			                   ELSE format('is unique without column %s', :column::text) END)
			  FROM index
			 WHERE NOT indisvalid OR contype = 'x' OR is_deferrable OR (contype <> ' ' AND amname <> 'btree')
			    OR (contype = 'p' AND NOT with_column AND indnatts > indnkeyatts)
			    OR (indisunique AND contype <> 'p' AND NOT with_column)
			 UNION ALL
			SELECT format('constraint %I, which %s', k.conname,
			              CASE WHEN NOT k.convalidated THEN 'is not valid' WHEN k.contype = 'f' THEN 'refers to the table itself'
			                   ELSE 'is not inherited' END)
			  FROM one
			  JOIN pg_catalog.pg_constraint k ON k.conrelid = one.id
			 WHERE k.contype IN ('c', 'f') AND (NOT k.convalidated OR k.confrelid = k.conrelid OR (k.contype = 'c' AND k.connoinherit))
			 UNION ALL
			SELECT format('trigger %I, which %s', g.tgname,
			              CASE WHEN g.tgconstraint <> 0 THEN 'is a constraint'
			                   WHEN g.tgtype & 3 = 1 THEN 'reads transition tables for each row'
			                   ELSE format('may change %s before a row is written', :column::text) END)
			  FROM one
			  JOIN pg_catalog.pg_trigger g ON g.tgrelid = one.id AND NOT g.tgisinternal
			  JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
			  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
			 WHERE g.tgconstraint <> 0 OR (g.tgtype & 1 = 1 AND (g.tgoldtable IS NOT NULL OR g.tgnewtable IS NOT NULL))
			    OR (g.tgtype & 3 = 3 AND (l.lanname <> 'plpgsql' OR position(lower(:column) IN lower(p.prosrc)) > 0))
			 ORDER BY obstacle""";

	private static final String ATTACHMENTS = """
			SELECT CASE WHEN i.indisunique THEN 'UNIQUE_INDEX' ELSE 'INDEX' END AS kind, c.relname AS name, %s AS definition,
			       pg_catalog.obj_description(i.indexrelid, 'pg_class') AS comment
			  FROM pg_catalog.pg_index i
			  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE i.indrelid = pg_catalog.to_regclass(:table)
			   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.conrelid = t.oid)
			 UNION ALL
			SELECT 'STATISTICS', s.stxname, %s, pg_catalog.obj_description(s.oid, 'pg_statistic_ext')
			  FROM pg_catalog.pg_statistic_ext s
			 WHERE s.stxrelid = pg_catalog.to_regclass(:table)
			 ORDER BY name"""
		.formatted(JdbcAttachments.INDEX_DEFINITION, JdbcAttachments.STATISTICS_DEFINITION);

	private static final String REFERENCES = """
			SELECT n.nspname, r.relname,
			       string_agg(format('p.%I = source.%I', f.attname, l.attname), ' AND ' ORDER BY pair.place) AS condition
			  FROM pg_catalog.pg_constraint k
			  JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
			 CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (local_number, foreign_number, place)
			  JOIN pg_catalog.pg_attribute l ON l.attrelid = k.conrelid AND l.attnum = pair.local_number
			  JOIN pg_catalog.pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = pair.foreign_number
			 WHERE k.conrelid = pg_catalog.to_regclass(:table) AND k.contype = 'f'
			 GROUP BY k.oid, k.conname, n.nspname, r.relname
			 ORDER BY k.conname""";

	private static final String TRIGGERS = """
			SELECT g.tgname, g.tgtype & 3 = 3 AS before_row
			  FROM pg_catalog.pg_trigger g
			 WHERE g.tgrelid = pg_catalog.to_regclass(?) AND NOT g.tgisinternal AND g.tgname NOT LIKE 'zzz\\_concertina\\_%'
			 ORDER BY g.tgname COLLATE "C\"""";

	private static final String COMMENT = """
			SELECT format('COMMENT ON TABLE %s IS %L', :other, d.description)
			  FROM pg_catalog.pg_description d
			 WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = pg_catalog.to_regclass(:table)
			   AND d.objsubid = 0""";

	private static final String OPTIONS = """
			SELECT coalesce(string_agg(option, ', '), '')
			  FROM (SELECT unnest(c.reloptions) AS option
			          FROM pg_catalog.pg_class c
			         WHERE c.oid = pg_catalog.to_regclass(:table)
			         UNION ALL
			        SELECT 'toast.' || unnest(t.reloptions)
			          FROM pg_catalog.pg_class c
			          JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
			         WHERE c.oid = pg_catalog.to_regclass(:table)) AS said""";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final TableName table;

	JdbcBelongings(JdbcTemplate jdbc, TableName table) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
		this.table = table;
	}

	@Override
	public List<String> obstacles(ColumnName column) {
		return about(OBSTACLES).param("column", column.value()).query((row, number) -> row.getString(1)).list();
	}

	@Override
	public List<Attachment> attachments() {
		return about(ATTACHMENTS)
			.query((row, number) -> new Attachment(Kind.valueOf(row.getString("kind")),
					new Identifier(row.getString("name")), row.getString("definition"), "", null, true,
					row.getString("comment")))
			.list();
	}

	@Override
	public List<Reference> references() {
		return about(REFERENCES)
			.query((row, number) -> new Reference(new TableName(row.getString(1), row.getString(2)), row.getString(3)))
			.list();
	}

	@Override
	public List<Trigger> triggers() {
		return this.client.sql(TRIGGERS)
			.param(this.table.quoted())
			.query((row, number) -> new Trigger(new Identifier(row.getString(1)), row.getBoolean(2)))
			.list();
	}

	@Override
	public List<String> settings(TableName other) {
		List<String> statements = new ArrayList<>(
				about(COMMENT).param("other", other.quoted()).query((row, number) -> row.getString(1)).list());
		JdbcColumnSettings settings = new JdbcColumnSettings(this.client);
		new JdbcCatalog(this.jdbc).table(this.table)
			.orElseThrow()
			.columns()
			.forEach((column) -> statements.addAll(settings.ofSame(this.table, column.name(), other)));
		statements.addAll(new JdbcRights(this.client).of(this.table, other));
		return statements;
	}

	@Override
	public String options() {
		return about(OPTIONS).query(String.class).single();
	}

	@Override
	public String digestQuery() {
		return """
				SELECT md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C"))
				  FROM (SELECT concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation, a.attnotnull,
				                         a.attidentity, a.attgenerated, a.attstorage, a.attcompression, coalesce(a.attstattarget, -1),
				                         a.attoptions, a.attacl, col_description(a.attrelid, a.attnum),
				                         pg_get_expr(d.adbin, d.adrelid)) AS line
				          FROM pg_attribute a
				          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
				         WHERE a.attrelid = %1$s::regclass AND a.attnum > 0 AND NOT a.attisdropped
				         UNION ALL
				        SELECT concat_ws(' ', c.relname, c.reloptions, c.relacl, c.relowner::regrole, c.relrowsecurity, c.relhasrules,
				                         c.relreplident, obj_description(c.oid, 'pg_class'))
				          FROM pg_class c
				         WHERE c.oid = %1$s::regclass
				         UNION ALL
				        SELECT concat_ws(' ', k.conname, pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint'))
				          FROM pg_constraint k
				         WHERE k.conrelid = %1$s::regclass AND k.contype NOT IN ('n', 't')
				         UNION ALL
				        SELECT concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, obj_description(i.indexrelid, 'pg_class'))
				          FROM pg_index i
				         WHERE i.indrelid = %1$s::regclass
				         UNION ALL
				        SELECT pg_get_statisticsobjdef(s.oid)
				          FROM pg_statistic_ext s
				         WHERE s.stxrelid = %1$s::regclass
				         UNION ALL
				        SELECT concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
				          FROM pg_trigger g
				         WHERE g.tgrelid = %1$s::regclass AND NOT g.tgisinternal AND g.tgname NOT LIKE 'zzz\\_concertina\\_%%'
				         UNION ALL
				        SELECT 'publication ' || p.pubname
				          FROM pg_publication_tables p
				         WHERE format('%%I.%%I', p.schemaname, p.tablename)::regclass = %1$s::regclass) AS said"""
			.formatted(this.table.literal());
	}

	@Override
	public String digest(Map<String, String> settings) {
		return Objects.requireNonNull(
				this.jdbc.execute((ConnectionCallback<String>) (connection) -> RolledBack.run(connection, (trial) -> {
					settings.forEach((name, value) -> JdbcClient.create(trial)
						.sql("SELECT set_config(?, ?, true)")
						.params(name, value)
						.query(String.class)
						.single());
					return Objects.requireNonNull(trial.queryForObject(digestQuery(), String.class));
				})));
	}

	private JdbcClient.StatementSpec about(String query) {
		return this.client.sql(query).param("table", this.table.quoted());
	}

}
