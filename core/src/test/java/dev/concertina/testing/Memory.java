package dev.concertina.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that a database remembers of changes and migrations, and its structure: two
 * equal ones mean that nothing was done in between.
 */
public record Memory(CatalogDump structure, List<String> rows) {

	private static final List<String> TABLES = List.of("public.flyway_schema_history", "concertina.schema_history",
			"concertina.contract_history", "concertina.change", "concertina.chunk", "concertina.keyset",
			"concertina.verdict", "concertina.mismatch", "concertina.event", "concertina.installation");

	public Memory {
		rows = List.copyOf(rows);
	}

	public static Memory of(TestDatabase database) {
		return new Memory(CatalogDump.of(database),
				TABLES.stream().flatMap((table) -> rows(database, table)).sorted().toList());
	}

	private static Stream<String> rows(TestDatabase database, String table) {
		boolean exists = database.jdbc()
			.sql("SELECT to_regclass(?) IS NOT NULL")
			.param(table)
			.query(Boolean.class)
			.single();
		return exists ? database.jdbc()
			.sql("SELECT t.xmin || ' ' || t::text FROM %s AS t".formatted(table))
			.query(String.class)
			.stream()
			.map((row) -> table + " " + row) : Stream.empty();
	}

}
