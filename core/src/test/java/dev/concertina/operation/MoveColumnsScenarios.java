package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Columns that move to a table that is there already. Both versions write the parent
 * before its row, as the documentation asks for.
 */
final class MoveColumnsScenarios {

	private static final String TOUCH = "UPDATE t SET note = 'touched' WHERE id = %d";

	private MoveColumnsScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(move(), moveWhereEveryRowIsThere());
	}

	private static Scenario move() {
		return Scenario.of("move columns to a table with missing rows", MoveColumns.of("t", "profile", "city", "zip"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, city text, zip int, note text DEFAULT repeat('-', 1500))",
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN", "CREATE INDEX cities ON t (city)",
					"""
							CREATE TABLE profile (id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE ON UPDATE CASCADE,
							    bio text, level int NOT NULL DEFAULT 0)""")
			.rows("INSERT INTO t VALUES (1, 'Rome', 1, '-'), (2, 'Oslo', 2, '-'), (3, NULL, NULL, '-'), (4, NULL, NULL, '-')",
					"INSERT INTO profile VALUES (1, 'b1', 1), (3, 'b3', 3)")
			.sameAs("ALTER TABLE profile ADD city text, ADD zip int",
					"UPDATE profile SET (city, zip) = (SELECT city, zip FROM t WHERE t.id = profile.id)",
					"INSERT INTO profile (id, city, zip) SELECT id, city, zip FROM t WHERE city IS NOT NULL AND NOT EXISTS (SELECT FROM profile p WHERE p.id = t.id)",
					"ALTER TABLE t DROP city, DROP zip", "CREATE INDEX cities ON profile (city)")
			.replacingValues()
			.writtenBy(new Versions(writers(), MoveColumnsScenarios::oldVersion, MoveColumnsScenarios::newVersion));
	}

	private static Scenario moveWhereEveryRowIsThere() {
		return Scenario
			.of("move columns of a table across schemas",
					MoveColumns.of("\"Order\"", "\"The Shop\".\"Order's note\"", "% a", "new"))
			.table("CREATE SCHEMA \"The Shop\"",
					"CREATE TABLE \"Order\" (\"Nr\" int, year int, \"% a\" text CONSTRAINT \"A\" CHECK (\"% a\" <> ''), \"new\" int UNIQUE, PRIMARY KEY (year, \"Nr\"))",
					"""
							CREATE TABLE "The Shop"."Order's note" (of_year int, of_nr int, "own text" text, PRIMARY KEY (of_nr, of_year),
							    FOREIGN KEY (of_nr, of_year) REFERENCES "Order" ("Nr", year) ON DELETE CASCADE)""")
			.rows("INSERT INTO \"Order\" VALUES (1, 2024, 'x', 1), (2024, 1, NULL, 2)",
					"INSERT INTO \"The Shop\".\"Order's note\" VALUES (2024, 1, 'a'), (1, 2024, 'b')")
			.sameAs("ALTER TABLE \"The Shop\".\"Order's note\" ADD \"% a\" text, ADD \"new\" int",
					"UPDATE \"The Shop\".\"Order's note\" SET (\"% a\", \"new\") = (SELECT \"% a\", \"new\" FROM \"Order\" WHERE of_nr = \"Nr\" AND of_year = year)",
					"ALTER TABLE \"Order\" DROP \"% a\", DROP \"new\"",
					"ALTER TABLE \"The Shop\".\"Order's note\" ADD CONSTRAINT \"A\" CHECK (\"% a\" <> ''), ADD CONSTRAINT \"Order_new_key\" UNIQUE (\"new\")");
	}

	private static List<Writer> writers() {
		return List.of(
				Writer.of("old version inserts", "INSERT INTO t (id, city, zip) VALUES (10, 'Bern', 9)",
						both(10, "Bern", 9)),
				Writer.of("old version inserts both", "INSERT INTO t (id, city, zip) VALUES (10, 'Bern', 9)",
						"INSERT INTO profile (id, bio) VALUES (10, 'x')", both(10, "Bern", 9) + own(10, "x")),
				Writer.of("old version inserts a row of its own", TOUCH.formatted(2),
						"INSERT INTO profile (id, bio) VALUES (2, 'x')", both(2, "Oslo", 2) + own(2, "x")),
				Writer.of("old version updates", "UPDATE t SET city = 'Bern' WHERE id = 1",
						both(1, "Bern", 1) + own(1, "b1")),
				Writer.of("old version updates what is its own", TOUCH.formatted(1),
						"UPDATE profile SET bio = 'x' WHERE id = 1", both(1, "Rome", 1) + own(1, "x")),
				Writer.of("old version empties", "UPDATE t SET city = NULL, zip = NULL WHERE id = 1",
						"(SELECT city IS NULL AND bio = 'b1' FROM profile WHERE id = 1)"),
				Writer.of("old version deletes the row", TOUCH.formatted(1), "DELETE FROM profile WHERE id = 1",
						both(1, "Rome", 1) + " AND (SELECT bio IS NULL FROM profile WHERE id = 1)"),
				Writer.of("old version deletes", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM profile WHERE id = 1)"),
				Writer.of("old version updates the key", "UPDATE t SET id = 11 WHERE id = 1",
						both(11, "Rome", 1) + own(11, "b1")),
				Writer.of("old version updates the key and a value", "UPDATE t SET id = 11, city = 'Bern' WHERE id = 1",
						both(11, "Bern", 1) + own(11, "b1")),
				Writer.of("new version inserts", "INSERT INTO t (id) VALUES (10)",
						"INSERT INTO profile (id, city, zip) VALUES (10, 'Bern', 9)", both(10, "Bern", 9)),
				Writer.of("new version updates", TOUCH.formatted(1), "UPDATE profile SET city = 'Bern' WHERE id = 1",
						both(1, "Bern", 1) + own(1, "b1")),
				Writer.of("new version updates without writing the parent before",
						"INSERT INTO profile (id, city) VALUES (1, 'Bern') ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city",
						both(1, "Bern", 1) + own(1, "b1")),
				Writer.of("new version deletes the row with the marker",
						"SET LOCAL concertina.writes = 'new'; " + TOUCH.formatted(1),
						"DELETE FROM profile WHERE id = 1",
						"(SELECT city IS NULL AND zip IS NULL FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM profile WHERE id = 1)"),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						both(1, "Rome", 1) + own(1, "b1")));
	}

	private static String both(int id, String city, int zip) {
		return "(SELECT t.city = '%2$s' AND t.zip = %3$d AND p.city = '%2$s' AND p.zip = %3$d FROM t JOIN profile p USING (id) WHERE id = %1$d)"
			.formatted(id, city, zip);
	}

	private static String own(int id, String bio) {
		return " AND (SELECT bio = '%s' FROM profile WHERE id = %d)".formatted(bio, id);
	}

	private static List<String> oldVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		return switch (random.nextInt(8)) {
			case 0, 1, 2 -> List
				.of("INSERT INTO t (id, city, zip) VALUES (%d, 'o%d', 1) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
					.formatted(id, random.nextInt(9)));
			case 3 -> List.of("UPDATE t SET zip = %d WHERE id = %d".formatted(random.nextInt(9), id));
			case 4 -> List.of(touch,
					"INSERT INTO profile (id, bio) SELECT %d, 'b' WHERE EXISTS (SELECT FROM t WHERE id = %1$d) ON CONFLICT (id) DO UPDATE SET bio = 'c'"
						.formatted(id));
			case 5 -> List.of(touch, "DELETE FROM profile WHERE id = %d".formatted(id));
			case 6 -> List.of("DELETE FROM t WHERE id = %d".formatted(id));
			default -> List.of("UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
				.formatted(1000 + random.nextInt(100_000_000), id));
		};
	}

	private static List<String> newVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		return switch (random.nextInt(4)) {
			case 0 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id), touch,
					"INSERT INTO profile (id, city) SELECT %d, 'n' WHERE EXISTS (SELECT FROM t WHERE id = %1$d) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
						.formatted(id));
			case 1, 2 -> List.of(touch, "UPDATE profile SET city = 'd%d', zip = %d WHERE id = %d"
				.formatted(random.nextInt(9), random.nextInt(9), id));
			default -> List.of(touch, "DELETE FROM profile WHERE id = %d".formatted(id));
		};
	}

}
