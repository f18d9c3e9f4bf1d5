package dev.concertina.throttle.signal;

import java.util.Collection;

import dev.concertina.schema.TableName;

/**
 * The tables of a change and all of their partitions, for a query. Found without a lock,
 * so that nobody who waits for one makes the query wait too.
 */
final class Tables {

	/**
	 * Takes the names as an array; one that does not exist yet, or no more, is left out.
	 */
	static final String WITH_PARTITIONS = """
			WITH RECURSIVE relation (oid) AS (
			    SELECT to_regclass(name)::oid FROM unnest(?::text[]) AS name
			     UNION
			    SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN relation r ON i.inhparent = r.oid)
			""";

	private Tables() {
	}

	static String[] names(Collection<TableName> tables) {
		return tables.stream().map(TableName::quoted).toArray(String[]::new);
	}

}
