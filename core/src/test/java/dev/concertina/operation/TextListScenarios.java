package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Texts with separators whose parts become rows. The new version writes the parent before
 * its rows, as the documentation asks for.
 */
final class TextListScenarios {

	private static final String TOUCH = "UPDATE t SET note = 'touched' WHERE id = %d";

	private TextListScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(tags(), numbers());
	}

	private static Scenario tags() {
		return Scenario
			.of("text list to table",
					ListToTable.of("t", "tags", ",", "tag", "t_id", "position", "name", "varchar(9)").withIndex("name"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, tags varchar(90), note text DEFAULT repeat('-', 1500))",
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN")
			.rows("INSERT INTO t VALUES (1, 'a,b', '-'), (2, 'c', '-'), (3, NULL, '-'), (4, '', '-'), (5, 'd,,e', '-')")
			.sameAs("CREATE TABLE tag (t_id bigint REFERENCES t ON DELETE CASCADE, position int, name varchar(9) NOT NULL, PRIMARY KEY (t_id, position))",
					"CREATE INDEX ON tag (name)",
					"INSERT INTO tag SELECT id, n, part FROM t, unnest(string_to_array(tags, ',')) WITH ORDINALITY AS x (part, n)",
					"ALTER TABLE t DROP COLUMN tags")
			.writtenBy(new Versions(writers(), TextListScenarios::oldVersion, TextListScenarios::newVersion));
	}

	private static Scenario numbers() {
		return Scenario
			.of("odd text list to table",
					ListToTable.of("\"s.x\".\"a\"\"b\"", "select", "\\'--", "größe 名", "a\"b", "no?", "C d", "integer"))
			.table("CREATE SCHEMA \"s.x\"",
					"CREATE TABLE \"s.x\".\"a\"\"b\" (\"I d\" uuid PRIMARY KEY, \"select\" text NOT NULL DEFAULT '')")
			.rows("INSERT INTO \"s.x\".\"a\"\"b\" SELECT md5(n::text)::uuid, n || E'\\\\''--' || n + 1 FROM generate_series(1, 20) AS n")
			.sameAs("CREATE TABLE \"s.x\".\"größe 名\" (\"a\"\"b\" uuid REFERENCES \"s.x\".\"a\"\"b\" ON DELETE CASCADE, \"no?\" int, \"C d\" int NOT NULL, PRIMARY KEY (\"a\"\"b\", \"no?\"))",
					"INSERT INTO \"s.x\".\"größe 名\" SELECT \"I d\", n, part::int FROM \"s.x\".\"a\"\"b\", unnest(string_to_array(\"select\", E'\\\\''--')) WITH ORDINALITY AS x (part, n)",
					"ALTER TABLE \"s.x\".\"a\"\"b\" DROP \"select\"");
	}

	private static List<Writer> writers() {
		return List.of(Writer.of("old version inserts", "INSERT INTO t VALUES (10, 'w,v', '-')", rows(10, "w,v")),
				Writer.of("new version inserts", "INSERT INTO t VALUES (10)", "INSERT INTO tag VALUES (10, 1, 'w')",
						rows(10, "w")),
				Writer.of("old version updates", "UPDATE t SET tags = 'w' WHERE id = 1", rows(1, "w")),
				Writer.of("old version empties", "UPDATE t SET tags = '' WHERE id = 1", rows(1, "")),
				Writer.of("old version sets NULL", "UPDATE t SET tags = NULL WHERE id = 1", rows(1, "")),
				Writer.of("deletes", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM tag WHERE t_id = 1)"),
				Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
						rows(11, "a,b") + " AND NOT EXISTS (SELECT FROM tag WHERE t_id = 1)"),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						rows(1, "a,b")),
				Writer.of("new version adds a row", TOUCH.formatted(1), "INSERT INTO tag VALUES (1, 3, 'w')",
						rows(1, "a,b,w")),
				Writer.of("new version changes a row", TOUCH.formatted(1),
						"UPDATE tag SET name = 'w' WHERE t_id = 1 AND position = 2", rows(1, "a,w")),
				Writer.of("new version deletes a row", TOUCH.formatted(1),
						"DELETE FROM tag WHERE t_id = 1 AND position = 1", rows(1, "b")),
				Writer.of("new version replaces all rows in one statement", TOUCH.formatted(1),
						"WITH gone AS (DELETE FROM tag WHERE t_id = 1) INSERT INTO tag VALUES (1, 5, 'w')",
						rows(1, "w")),
				Writer.of("new version adds a row without writing the parent before",
						"INSERT INTO tag VALUES (1, 7, 'w')", rows(1, "a,b,w")),
				Writer.of("new version moves a row", "UPDATE t SET note = 'touched' WHERE id IN (1, 2)",
						"UPDATE tag SET t_id = 2, position = 5 WHERE t_id = 1 AND position = 1",
						rows(1, "b") + " AND " + rows(2, "c,a")));
	}

	private static String rows(int id, String parts) {
		return """
				coalesce((SELECT string_agg(name, ',' ORDER BY position) FROM tag WHERE t_id = %1$d), '') = '%2$s'
				AND (SELECT coalesce(tags, '') = '%2$s' FROM t WHERE id = %1$d)""".formatted(id, parts);
	}

	private static List<String> oldVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String statement = switch (random.nextInt(7)) {
			case 0, 1 ->
				"INSERT INTO t (id, tags) VALUES (%d, '%s') ON CONFLICT (id) DO UPDATE SET tags = EXCLUDED.tags"
					.formatted(id, list(random));
			case 2, 3 -> "UPDATE t SET tags = '%s' WHERE id = %d".formatted(list(random), id);
			case 4 -> "UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id);
			case 5 -> "DELETE FROM t WHERE id = %d".formatted(id);
			default -> "UPDATE t SET tags = NULL WHERE id = %d".formatted(id);
		};
		return List.of(statement);
	}

	private static List<String> newVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		String add = """
				INSERT INTO tag SELECT %1$d, coalesce((SELECT max(position) FROM tag WHERE t_id = %1$d), 0) + 1, 's%2$d'
				 WHERE EXISTS (SELECT FROM t WHERE id = %1$d)""".formatted(id, random.nextInt(100));
		String delete = "DELETE FROM tag WHERE t_id = %d".formatted(id);
		return switch (random.nextInt(5)) {
			case 0 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id), touch, add);
			case 1 -> List.of(touch, add);
			case 2 -> List.of(touch, "UPDATE tag SET name = 'n%d' WHERE t_id = %d".formatted(random.nextInt(9), id));
			case 3 -> List.of(touch, delete + " AND position = 1");
			default -> List.of(touch, delete, add);
		};
	}

	private static String list(Random random) {
		return IntStream.range(0, random.nextInt(4))
			.mapToObj((n) -> "s" + random.nextInt(100))
			.collect(Collectors.joining(","));
	}

}
