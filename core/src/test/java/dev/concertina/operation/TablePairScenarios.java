package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Columns that move between tables with a row each. The new version writes the parent
 * before its row, as the documentation asks for.
 */
final class TablePairScenarios {

	private static final String TOUCH = "UPDATE t SET note = 'touched' WHERE id = %d";

	private TablePairScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(split(), splitUnderCompositeKey());
	}

	private static Scenario split() {
		return Scenario.of("split a table", SplitTable.of("t", "address", "city", "zip"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, city text, zip int, note text DEFAULT repeat('-', 1500))",
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN")
			.rows("INSERT INTO t VALUES (1, 'Rome', 1, '-'), (2, 'Oslo', 2, '-'), (3, NULL, NULL, '-')")
			.sameAs("CREATE TABLE address (id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE, city text, zip int)",
					"INSERT INTO address SELECT id, city, zip FROM t WHERE city IS NOT NULL OR zip IS NOT NULL",
					"ALTER TABLE t DROP city, DROP zip")
			.writtenBy(new Versions(writers(), TablePairScenarios::oldVersion, TablePairScenarios::newVersion));
	}

	private static Scenario splitUnderCompositeKey() {
		return Scenario.of("split a table with a composite key", SplitTable.of("person", "address", "city"))
			.table("CREATE DOMAIN town AS text", """
					CREATE TABLE person (shop int, id uuid DEFAULT gen_random_uuid(), city town, zips text[],
					    zip text GENERATED ALWAYS AS (zips[1]) STORED, PRIMARY KEY (id, shop))""",
					"ALTER TABLE person ENABLE ROW LEVEL SECURITY", "CREATE POLICY of_shop ON person USING (shop = 1)")
			.rows("INSERT INTO person SELECT n % 3, md5(n::text)::uuid, 'c' || n, ARRAY[n::text] FROM generate_series(1, 30) n")
			.sameAs("CREATE TABLE address (id uuid, shop int, city town, PRIMARY KEY (id, shop), FOREIGN KEY (id, shop) REFERENCES person ON DELETE CASCADE)",
					"INSERT INTO address SELECT id, shop, city FROM person", "ALTER TABLE person DROP city");
	}

	private static List<Writer> writers() {
		return List.of(
				Writer.of("old version inserts", "INSERT INTO t (id, city, zip) VALUES (10, 'Bern', 9)",
						both(10, "Bern", 9)),
				Writer.of("new version inserts", "INSERT INTO t (id) VALUES (10)",
						"INSERT INTO address VALUES (10, 'Bern', 9)", both(10, "Bern", 9)),
				Writer.of("old version updates", "UPDATE t SET city = 'Bern' WHERE id = 1", both(1, "Bern", 1)),
				Writer.of("old version empties", "UPDATE t SET city = NULL, zip = NULL WHERE id = 1",
						"(SELECT city IS NULL FROM t WHERE id = 1)"),
				Writer.of("new version updates", TOUCH.formatted(1), "UPDATE address SET city = 'Bern' WHERE id = 1",
						both(1, "Bern", 1)),
				Writer.of("new version updates without writing the parent before",
						"INSERT INTO address (id, city) VALUES (1, 'Bern') ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city",
						both(1, "Bern", 1)),
				Writer.of("new version deletes the row", TOUCH.formatted(1), "DELETE FROM address WHERE id = 1",
						"(SELECT city IS NULL AND zip IS NULL FROM t WHERE id = 1)"),
				Writer.of("deletes", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM address WHERE id = 1)"),
				Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1", both(11, "Rome", 1)),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						both(1, "Rome", 1)));
	}

	private static String both(int id, String city, int zip) {
		return "(SELECT t.city = '%2$s' AND t.zip = %3$d AND a.city = '%2$s' AND a.zip = %3$d FROM t JOIN address a USING (id) WHERE id = %1$d)"
			.formatted(id, city, zip);
	}

	private static List<String> oldVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String city = "'c%d'".formatted(random.nextInt(9));
		String statement = switch (random.nextInt(7)) {
			case 0, 1 ->
				"INSERT INTO t (id, city, zip) VALUES (%d, %s, %d) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
					.formatted(id, city, random.nextInt(9));
			case 2, 3 -> "UPDATE t SET city = %s WHERE id = %d".formatted(city, id);
			case 4 -> "UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id);
			case 5 -> "DELETE FROM t WHERE id = %d".formatted(id);
			default -> "UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
				.formatted(1000 + random.nextInt(100_000_000), id);
		};
		return List.of(statement);
	}

	private static List<String> newVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		return switch (random.nextInt(4)) {
			case 0 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id), touch,
					"INSERT INTO address SELECT %d, 'n', 1 WHERE EXISTS (SELECT FROM t WHERE id = %1$d) ON CONFLICT (id) DO UPDATE SET city = EXCLUDED.city"
						.formatted(id));
			case 1, 2 -> List.of(touch, "UPDATE address SET city = 'd%d', zip = %d WHERE id = %d"
				.formatted(random.nextInt(9), random.nextInt(9), id));
			default -> List.of(touch, "DELETE FROM address WHERE id = %d".formatted(id));
		};
	}

}
