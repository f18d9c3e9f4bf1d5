package dev.concertina.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the catalog says about the triggers of a table and of its partitions, and about
 * others that notice its writes.
 */
final class JdbcTriggers {

	private static final String OF_TABLE = """
			(SELECT pg_catalog.to_regclass(:table)
			  UNION
			 SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(:table)))""";

	private static final String BEHIND = """
			SELECT tgname
			  FROM pg_catalog.pg_trigger
			 WHERE tgrelid IN %s
			   AND NOT tgisinternal AND tgtype & 3 = 3
			   AND tgname COLLATE "C" > :trigger AND tgname NOT LIKE 'zzz\\_concertina\\_%%'
			 ORDER BY tgname COLLATE "C\"""".formatted(OF_TABLE);

	/** A trigger of a partitioned table is there again at each partition. */
	private static final String FIRING = """
			SELECT DISTINCT t.tgname, t.tgtype & 4 <> 0 AS at_insert, t.tgtype & 16 <> 0 AS at_update,
			       ARRAY(SELECT a.attname::text
			               FROM pg_catalog.pg_attribute a
			              WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[])
			              ORDER BY a.attname) AS columns,
			       CASE t.tgenabled WHEN 'O' THEN 'ORIGIN' WHEN 'R' THEN 'REPLICA' ELSE 'ALWAYS' END AS enabled
			  FROM pg_catalog.pg_trigger t
			 WHERE t.tgrelid IN %s
			   AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 20 <> 0
			   AND t.tgname NOT LIKE 'zzz\\_concertina\\_%%'
			 ORDER BY t.tgname""".formatted(OF_TABLE);

	private static final String PUBLICATIONS = """
			SELECT DISTINCT p.pubname
			  FROM pg_catalog.pg_publication_tables p
			  JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname
			  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
			 WHERE c.oid IN %s
			 ORDER BY p.pubname""".formatted(OF_TABLE);

	private static final String ROW_SECURITY = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid IN %s AND relrowsecurity)""".formatted(OF_TABLE);

	private final JdbcClient client;

	private final TableName table;

	JdbcTriggers(JdbcClient client, TableName table) {
		this.client = client;
		this.table = table;
	}

	List<String> behind(Identifier trigger) {
		return about(BEHIND).param("trigger", trigger.value()).query((row, number) -> row.getString(1)).list();
	}

	Bystanders bystanders() {
		return new Bystanders(about(FIRING).query((row, number) -> trigger(row)).list(),
				about(PUBLICATIONS).query((row, number) -> row.getString(1)).list(),
				about(ROW_SECURITY).query(Boolean.class).single());
	}

	private JdbcClient.StatementSpec about(String query) {
		return this.client.sql(query).param("table", this.table.quoted());
	}

	private static Bystanders.Trigger trigger(ResultSet row) throws SQLException {
		return new Bystanders.Trigger(row.getString("tgname"), row.getBoolean("at_insert"), row.getBoolean("at_update"),
				List.of((String[]) row.getArray("columns").getArray()),
				Bystanders.Enabled.valueOf(row.getString("enabled")));
	}

}
