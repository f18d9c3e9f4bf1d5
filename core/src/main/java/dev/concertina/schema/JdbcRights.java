package dev.concertina.schema;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that give others the privileges and the owner that something has.
 *
 * @param client the client of the session
 */
record JdbcRights(JdbcClient client) {

	/** Who has a privilege, and whether he may pass it on. */
	static final String GRANTEE = """
			CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(acl.grantee)) END,
			              CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END""";

	/** The owner is changed last, as only an owner grants. */
	private static final String OWNER = """
			SELECT 3 AS place, format('ALTER TABLE %s OWNER TO %I', :to, pg_catalog.pg_get_userbyid(c.relowner)) AS statement
			  FROM pg_catalog.pg_class c
			 WHERE c.oid = pg_catalog.to_regclass(:from) AND pg_catalog.pg_get_userbyid(c.relowner) <> current_user
			 ORDER BY place, statement""";

	private static final String SAME = """
			SELECT 1 AS place, format('GRANT %%s ON %%s TO %%s%%s', acl.privilege_type, :to, %1$s) AS statement
			  FROM pg_catalog.pg_class c
			 CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
			 WHERE c.oid = pg_catalog.to_regclass(:from) AND acl.grantee <> c.relowner
			 UNION ALL
			SELECT 2, format('GRANT %%s (%%I) ON %%s TO %%s%%s', acl.privilege_type, a.attname, :to, %1$s)
			  FROM pg_catalog.pg_attribute a
			 CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
			 WHERE a.attrelid = pg_catalog.to_regclass(:from) AND NOT a.attisdropped
			 UNION ALL
			""".formatted(GRANTEE) + OWNER;

	private static final String OF_TABLE_OR_COLUMNS = """
			(SELECT given.privilege_type, held.grantee, bool_or(held.is_grantable) AS is_grantable
			          FROM (SELECT t.*
			                  FROM pg_catalog.pg_class c
			                 CROSS JOIN LATERAL aclexplode(c.relacl) AS t
			                 WHERE c.oid = pg_catalog.to_regclass(:from) AND t.grantee <> c.relowner
			                 UNION ALL
			                SELECT t.*
			                  FROM pg_catalog.pg_attribute a
			                 CROSS JOIN LATERAL aclexplode(a.attacl) AS t
			                 WHERE a.attrelid = pg_catalog.to_regclass(:from) AND a.attname = ANY (:columns)) AS held
			         CROSS JOIN LATERAL unnest(CASE held.privilege_type WHEN 'UPDATE' THEN ARRAY['INSERT', 'UPDATE', 'DELETE']
			                                                            ELSE ARRAY[held.privilege_type] END)
			                    AS given (privilege_type)
			         GROUP BY given.privilege_type, held.grantee) AS acl""";

	private static final String TABLE = """
			SELECT 1 AS place, format('GRANT %%s ON %%s TO %%s%%s', acl.privilege_type, :to, %s) AS statement
			  FROM %s
			 UNION ALL
			""".formatted(GRANTEE, OF_TABLE_OR_COLUMNS) + OWNER;

	private static final String READ = """
			SELECT 1 AS place, format('GRANT SELECT ON %%s TO %%s%%s', :to, %s) AS statement
			  FROM %s
			 WHERE acl.privilege_type = 'SELECT'
			 UNION ALL
			""".formatted(GRANTEE, OF_TABLE_OR_COLUMNS) + OWNER;

	private static final String COLUMN = """
			SELECT format('GRANT %%s (%%s) ON %%s TO %%s%%s', acl.privilege_type, :to, :table, %s) AS statement
			  FROM (SELECT t.privilege_type, t.grantee, bool_and(t.is_grantable) AS is_grantable
			          FROM pg_catalog.pg_attribute a
			         CROSS JOIN LATERAL aclexplode(a.attacl) AS t
			         WHERE a.attrelid = pg_catalog.to_regclass(:table) AND a.attname = ANY (:columns)
			         GROUP BY t.privilege_type, t.grantee
			        HAVING count(DISTINCT a.attnum) = cardinality(:columns)) AS acl
			 ORDER BY statement""".formatted(GRANTEE);

	List<String> of(TableName from, TableName to) {
		return statements(this.client.sql(SAME).param("from", from.quoted()).param("to", to.quoted()));
	}

	List<String> ofTable(TableName from, List<ColumnName> columns, TableName to) {
		return about(TABLE, from, columns, to);
	}

	List<String> toRead(TableName from, List<ColumnName> columns, TableName to) {
		return about(READ, from, columns, to);
	}

	private List<String> about(String query, TableName from, List<ColumnName> columns, TableName to) {
		return statements(this.client.sql(query)
			.param("from", from.quoted())
			.param("columns", names(columns))
			.param("to", to.quoted()));
	}

	List<String> ofColumn(TableName table, List<ColumnName> columns, ColumnName to) {
		return statements(this.client.sql(COLUMN)
			.param("table", table.quoted())
			.param("columns", names(columns))
			.param("to", to.quoted()));
	}

	private static String[] names(List<ColumnName> columns) {
		return columns.stream().map(ColumnName::value).toArray(String[]::new);
	}

	private static List<String> statements(JdbcClient.StatementSpec query) {
		return query.query((row, number) -> row.getString("statement")).list();
	}

}
