package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * A table that goes back into the one that its key refers to. The random old version
 * writes the parent before its row; the writers against a batch need not.
 */
final class MergeTableScenarios {

	private static final String TOUCH = "UPDATE t SET note = 'touched' WHERE id = %d";

	private MergeTableScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(merge(), mergeAcrossSchemas());
	}

	private static Scenario merge() {
		return Scenario.of("merge a table", MergeTable.of("address", "t"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, note text DEFAULT repeat('-', 1500))",
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN",
					"CREATE TABLE address (id bigint PRIMARY KEY REFERENCES t, city text COLLATE \"C\", zip int DEFAULT 1, CONSTRAINT zips CHECK (zip >= 0))",
					"CREATE INDEX cities ON address (lower(city)) WHERE zip > 0",
					"CREATE INDEX of_key ON address (id, city)",
					"CREATE STATISTICS city_zip (dependencies) ON city, zip FROM address",
					"COMMENT ON COLUMN address.city IS 'where'", "COMMENT ON INDEX cities IS 'fast'",
					"ALTER TABLE address ALTER COLUMN zip SET STATISTICS 7")
			.rows("INSERT INTO t VALUES (1, '-'), (2, '-'), (3, '-'), (4, '-')",
					"INSERT INTO address VALUES (1, 'Rome', 1), (2, 'Oslo', 2), (3, NULL, NULL)")
			.sameAs("ALTER TABLE t ADD city text COLLATE \"C\", ADD zip int",
					"UPDATE t SET (city, zip) = (SELECT city, zip FROM address WHERE address.id = t.id)",
					"DROP TABLE address", "ALTER TABLE t ADD CONSTRAINT zips CHECK (zip >= 0)",
					"CREATE INDEX cities ON t (lower(city)) WHERE zip > 0",
					"CREATE STATISTICS city_zip (dependencies) ON city, zip FROM t",
					"COMMENT ON COLUMN t.city IS 'where'", "COMMENT ON INDEX cities IS 'fast'",
					"ALTER TABLE t ALTER COLUMN zip SET STATISTICS 7")
			.writtenBy(new Versions(writers(), MergeTableScenarios::oldVersion, MergeTableScenarios::newVersion));
	}

	private static Scenario mergeAcrossSchemas() {
		return Scenario.of("merge a table across schemas", MergeTable.of("\"The Shop\".\"Order's note\"", "\"Order\""))
			.table("CREATE SCHEMA \"The Shop\"", "CREATE TABLE kind (name text PRIMARY KEY)",
					"CREATE TABLE \"Order\" (\"Nr\" int, year int, PRIMARY KEY (year, \"Nr\"))",
					"""
							CREATE TABLE "The Shop"."Order's note" (of_year int, of_nr int, "% text" text NOT NULL, "new" text REFERENCES kind,
							    PRIMARY KEY (of_nr, of_year), FOREIGN KEY (of_nr, of_year) REFERENCES "Order" ("Nr", year) ON DELETE CASCADE,
							    CONSTRAINT "UQ" UNIQUE ("% text"))""")
			.rows("INSERT INTO kind VALUES ('k')", "INSERT INTO \"Order\" VALUES (1, 2024), (2024, 1), (3, 2024)",
					"INSERT INTO \"The Shop\".\"Order's note\" VALUES (2024, 1, 'a', 'k'), (1, 2024, 'b', NULL)")
			.sameAs("ALTER TABLE \"Order\" ADD \"% text\" text, ADD \"new\" text",
					"UPDATE \"Order\" SET (\"% text\", \"new\") = (SELECT \"% text\", \"new\" FROM \"The Shop\".\"Order's note\" WHERE of_nr = \"Nr\" AND of_year = year)",
					"DROP TABLE \"The Shop\".\"Order's note\"",
					"ALTER TABLE \"Order\" ADD CONSTRAINT \"UQ\" UNIQUE (\"% text\")",
					"ALTER TABLE \"Order\" ADD CONSTRAINT \"Order's note_new_fkey\" FOREIGN KEY (\"new\") REFERENCES kind");
	}

	private static List<Writer> writers() {
		return List.of(
				Writer.of("old version inserts", "INSERT INTO t (id) VALUES (10)",
						"INSERT INTO address VALUES (10, 'Bern', 9)", both(10, "Bern", 9)),
				Writer.of("new version inserts", "INSERT INTO t (id, city, zip) VALUES (10, 'Bern', 9)",
						both(10, "Bern", 9)),
				Writer.of("new version inserts nothing to move", "INSERT INTO t (id) VALUES (10)",
						"NOT EXISTS (SELECT FROM address WHERE id = 10)"),
				Writer.of("old version updates", "UPDATE address SET city = 'Bern' WHERE id = 1", both(1, "Bern", 1)),
				Writer.of("new version updates", "UPDATE t SET city = 'Bern' WHERE id = 1", both(1, "Bern", 1)),
				Writer.of("new version upserts",
						"INSERT INTO t (id, city) VALUES (1, 'Bern') ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city",
						both(1, "Bern", 1)),
				Writer.of("new version empties", TOUCH.formatted(1),
						"UPDATE t SET city = NULL, zip = NULL WHERE id = 1",
						"(SELECT city IS NULL AND zip IS NULL FROM address WHERE id = 1)"),
				Writer.of("old version empties", "UPDATE address SET city = NULL, zip = NULL WHERE id = 1",
						"(SELECT city IS NULL AND zip IS NULL FROM t WHERE id = 1)"),
				Writer.of("old version deletes the row", "DELETE FROM address WHERE id = 1",
						"(SELECT city IS NULL AND zip IS NULL FROM t WHERE id = 1)"),
				Writer.of("old version deletes both", "DELETE FROM address WHERE id = 1", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1)"),
				Writer.of("new version deletes", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM address WHERE id = 1)"),
				Writer.of("new version updates the key", "UPDATE t SET id = 11 WHERE id = 1", both(11, "Rome", 1)),
				Writer.of("old version gives the row to another parent", "UPDATE address SET id = 4 WHERE id = 1",
						both(4, "Rome", 1) + " AND (SELECT city IS NULL FROM t WHERE id = 1)"),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						both(1, "Rome", 1)));
	}

	private static String both(int id, String city, int zip) {
		return "(SELECT t.city = '%2$s' AND t.zip = %3$d AND a.city = '%2$s' AND a.zip = %3$d FROM t JOIN address a USING (id) WHERE id = %1$d)"
			.formatted(id, city, zip);
	}

	private static List<String> oldVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		return switch (random.nextInt(7)) {
			case 0, 1, 2 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id), touch,
					"INSERT INTO address VALUES (%d, 'o%d', 1) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
						.formatted(id, random.nextInt(9)));
			case 3, 4 -> List.of(touch, "UPDATE address SET zip = %d WHERE id = %d".formatted(random.nextInt(9), id));
			case 5 -> List.of(touch, "DELETE FROM address WHERE id = %d".formatted(id));
			default -> List.of(touch, "DELETE FROM address WHERE id = %d".formatted(id),
					"DELETE FROM t WHERE id = %d".formatted(id));
		};
	}

	private static List<String> newVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String statement = switch (random.nextInt(7)) {
			case 0, 1 ->
				"INSERT INTO t (id, city, zip) VALUES (%d, 'n%d', 2) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
					.formatted(id, random.nextInt(9));
			case 2, 3 -> "UPDATE t SET city = 'd%d' WHERE id = %d".formatted(random.nextInt(9), id);
			case 4 -> "UPDATE t SET city = NULL, zip = NULL WHERE id = %d".formatted(id);
			case 5 -> "DELETE FROM t WHERE id = %d".formatted(id);
			default -> "UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
				.formatted(1000 + random.nextInt(100_000_000), id);
		};
		return List.of(statement);
	}

}
