package dev.concertina.schema;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is said about a column beside its type, as statements that say it about another
 * one of the same or another table: statistics target, storage, compression, options,
 * comment, privileges.
 */
final class JdbcColumnSettings {

	private static final String COLUMN = """
			FROM pg_catalog.pg_attribute a
			  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			 WHERE a.attrelid = pg_catalog.to_regclass(:table) AND a.attname = :from""";

	private static final String ALTERED = """
			SELECT format('ALTER TABLE %%s ALTER COLUMN %%I %%s', :other, :to, setting)
			  FROM (SELECT a.*, t.typstorage %s) AS a
			 CROSS JOIN LATERAL
			       (VALUES (1, CASE WHEN a.attstattarget >= 0 THEN 'SET STATISTICS ' || a.attstattarget END),
			               (2, CASE WHEN a.attstorage <> a.typstorage AND :sameType
			                        THEN 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
			                                                                 WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
			               (3, CASE WHEN a.attcompression <> '' AND :sameType
			                        THEN 'SET COMPRESSION ' || CASE a.attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END END),
			               (4, 'SET (' || array_to_string(a.attoptions, ', ') || ')')) AS said (place, setting)
			 WHERE setting IS NOT NULL
			 ORDER BY place"""
		.formatted(COLUMN);

	private static final String COMMENT = """
			SELECT format('COMMENT ON COLUMN %%s.%%I IS %%L', :other, :to, pg_catalog.col_description(a.attrelid, a.attnum))
			  %s AND pg_catalog.col_description(a.attrelid, a.attnum) IS NOT NULL"""
		.formatted(COLUMN);

	private static final String PRIVILEGES = """
			SELECT format('GRANT %%s (%%I) ON %%s TO %%s%%s', acl.privilege_type, :to, :other,
			              CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(acl.grantee)) END,
			              CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
			  FROM (SELECT a.attacl %s) AS a
			 CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
			 ORDER BY 1"""
		.formatted(COLUMN);

	private static final String COLLATION = """
			SELECT ' COLLATE ' || a.attcollation::regcollation %s AND a.attcollation <> t.typcollation"""
		.formatted(COLUMN);

	private static final String SEQUENCE = """
			SELECT n.nspname, c.relname,
			       CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' ELSE '' END AS identity,
			       format('START WITH %s INCREMENT BY %s CACHE %s%s', s.seqstart, s.seqincrement, s.seqcache,
			              CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS options
			  FROM pg_catalog.pg_attribute a
			  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid
			                             AND d.refobjsubid = a.attnum AND d.classid = 'pg_catalog.pg_class'::regclass
			                             AND d.deptype IN ('a', 'i')
			  JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
			  JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
			  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			 WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attname = ?""";

	private final JdbcClient client;

	JdbcColumnSettings(JdbcClient client) {
		this.client = client;
	}

	List<String> of(TableName table, ColumnName from, TableName other, Column to, boolean sameType) {
		return statements(List.of(ALTERED, COMMENT, PRIVILEGES), table, from, other, to.name(), sameType);
	}

	/**
	 * Return what says it about the column of the same name of another table. Privileges
	 * are said by {@link JdbcRights}.
	 */
	List<String> ofSame(TableName table, ColumnName column, TableName other) {
		return statements(List.of(ALTERED, COMMENT), table, column, other, column, true);
	}

	private List<String> statements(List<String> queries, TableName table, ColumnName from, TableName other,
			ColumnName to, boolean sameType) {
		return queries.stream()
			.flatMap((query) -> this.client.sql(query)
				.param("table", table.quoted())
				.param("from", from.value())
				.param("other", other.quoted())
				.param("to", to.value())
				.param("sameType", sameType)
				.query((row, number) -> row.getString(1))
				.list()
				.stream())
			.toList();
	}

	Optional<OwnedSequence> sequence(TableName table, ColumnName column) {
		return this.client.sql(SEQUENCE)
			.params(table.quoted(), column.value())
			.query((row, number) -> new OwnedSequence(new TableName(row.getString("nspname"), row.getString("relname")),
					row.getString("identity"), row.getString("options")))
			.optional();
	}

	Optional<String> collation(TableName table, ColumnName from) {
		return this.client.sql(COLLATION)
			.param("table", table.quoted())
			.param("from", from.value())
			.query((row, number) -> row.getString(1))
			.optional();
	}

}
