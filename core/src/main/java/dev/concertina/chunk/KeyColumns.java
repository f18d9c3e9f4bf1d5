package dev.concertina.chunk;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.schema.ColumnName;

/**
 * Finds the columns in whose order a table can be gone over.
 *
 * @param jdbc the client of the transaction
 */
record KeyColumns(JdbcClient jdbc) {

	/**
	 * The primary key, else a unique index over columns without NULL. A B-tree answers
	 * row comparisons if it sorts as the types of its columns do, and all in one
	 * direction.
	 */
	private static final String OF_AN_INDEX = """
			WITH indexed AS (SELECT i.indexrelid, i.indisprimary, k.position, a.attname, format('%I.%I', n.nspname, t.typname) AS type,
			                        a.attnotnull AND c.opcdefault AND i.indcollation[k.position - 1] = a.attcollation AS plain,
			                        i.indoption[k.position - 1] & 1 AS descending
			                   FROM pg_catalog.pg_index i
			                   JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
			                   JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'btree'
			                  CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
			                   JOIN pg_catalog.pg_opclass c ON c.oid = i.indclass[k.position - 1]
			                   JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
			                   JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			                   JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
			                  WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
			                    AND i.indexprs IS NULL AND k.position <= i.indnkeyatts)
			SELECT attname, type
			  FROM indexed
			 WHERE indexrelid = (SELECT indexrelid
			                       FROM indexed
			                      GROUP BY indexrelid, indisprimary
			                     HAVING bool_and(plain) AND min(descending) = max(descending)
			                      ORDER BY indisprimary DESC, count(*), indexrelid
			                      LIMIT 1)
			 ORDER BY position""";

	private static final String NAMED = """
			SELECT a.attname, format('%I.%I', n.nspname, t.typname) AS type
			  FROM unnest(?::text[]) WITH ORDINALITY AS k (name, position)
			  JOIN pg_catalog.pg_attribute a ON a.attname = k.name
			  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
			 WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
			 ORDER BY k.position""";

	static KeyColumns of(JdbcTemplate jdbc) {
		return new KeyColumns(JdbcClient.create(jdbc));
	}

	/**
	 * Return the key that an index of a table has, or nothing if there is none.
	 * @param relation the table, quoted
	 */
	Optional<Key> ofAnIndex(String relation) {
		return key(this.jdbc.sql(OF_AN_INDEX).param(relation));
	}

	/**
	 * Return the columns of a table or view that a plan names, or nothing if one of them
	 * is not there.
	 * @param relation the table or view, quoted
	 */
	Optional<Key> named(String relation, List<ColumnName> names) {
		String[] columns = names.stream().map(ColumnName::value).toArray(String[]::new);
		return key(this.jdbc.sql(NAMED).param(columns).param(relation))
			.filter((key) -> key.columns().size() == names.size());
	}

	private static Optional<Key> key(JdbcClient.StatementSpec query) {
		List<Key.Column> columns = query
			.query((row, number) -> new Key.Column(ColumnName.of(row.getString("attname")), row.getString("type")))
			.list();
		return Optional.of(new Key(columns)).filter((key) -> !columns.isEmpty());
	}

}
