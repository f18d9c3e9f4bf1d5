package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Orders whose items become rows. The new version writes the order before its items, as
 * the documentation asks for.
 */
final class JsonArrayScenario {

	private static final String TOUCH = "UPDATE t SET note = 'touched' WHERE id = %d";

	private JsonArrayScenario() {
	}

	static Scenario create() {
		return Scenario
			.of("JSON array to table",
					ExtractJsonArray
						.of("t", "items", "item", "t_id", "position", JsonField.of("sku", "text"),
								JsonField.of("quantity", "integer", "qty"))
						.withIndex("sku"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, items jsonb, note text DEFAULT repeat('-', 1500))",
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN")
			.rows("""
					INSERT INTO t VALUES (1, '[{"sku": "a", "qty": 1}, {"sku": "b", "qty": 2}]', '-'),
					                     (2, '[{"sku": "c", "qty": 3}]', '-'), (3, NULL, '-')""")
			.sameAs("CREATE TABLE item (t_id bigint REFERENCES t ON DELETE CASCADE, position int, sku text, quantity int, PRIMARY KEY (t_id, position))",
					"INSERT INTO item SELECT id, n, e ->> 'sku', (e ->> 'qty')::int FROM t, jsonb_array_elements(items) WITH ORDINALITY AS x (e, n)",
					"CREATE INDEX ON item (sku)", "ALTER TABLE t DROP COLUMN items")
			.writtenBy(new Versions(writers(), JsonArrayScenario::oldVersion, JsonArrayScenario::newVersion));
	}

	private static List<Writer> writers() {
		return List.of(
				Writer.of("old version inserts", "INSERT INTO t VALUES (10, '[{\"sku\": \"w\", \"qty\": 9}]', '-')",
						rows(10, "w:9")),
				Writer.of("new version inserts", "INSERT INTO t VALUES (10, '[]', '-')",
						"INSERT INTO item VALUES (10, 1, 'w', 9)", rows(10, "w:9")),
				Writer.of("old version updates", "UPDATE t SET items = '[{\"sku\": \"w\", \"qty\": 9}]' WHERE id = 1",
						rows(1, "w:9")),
				Writer.of("old version empties", "UPDATE t SET items = '[]' WHERE id = 1", rows(1, "")),
				Writer.of("old version sets NULL", "UPDATE t SET items = NULL WHERE id = 1", rows(1, "")),
				Writer.of("old version deletes", "DELETE FROM t WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1) AND NOT EXISTS (SELECT FROM item WHERE t_id = 1)"),
				Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
						rows(11, "a:1,b:2") + " AND NOT EXISTS (SELECT FROM item WHERE t_id = 1)"),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						rows(1, "a:1,b:2")),
				Writer.of("new version adds a row", TOUCH.formatted(1), "INSERT INTO item VALUES (1, 3, 'w', 9)",
						rows(1, "a:1,b:2,w:9")),
				Writer.of("new version changes a row", TOUCH.formatted(1),
						"UPDATE item SET quantity = 9 WHERE t_id = 1 AND position = 2", rows(1, "a:1,b:9")),
				Writer.of("new version deletes a row", TOUCH.formatted(1),
						"DELETE FROM item WHERE t_id = 1 AND position = 1", rows(1, "b:2")),
				new Writer("new version replaces all rows",
						List.of(TOUCH.formatted(1), "DELETE FROM item WHERE t_id = 1",
								"INSERT INTO item VALUES (1, 1, 'w', 9), (1, 2, 'v', 8)"),
						rows(1, "w:9,v:8")),
				Writer.of("new version replaces all rows in one statement", TOUCH.formatted(1),
						"WITH gone AS (DELETE FROM item WHERE t_id = 1) INSERT INTO item VALUES (1, 5, 'w', 9)",
						rows(1, "w:9")),
				Writer.of("new version adds a row without writing the order before",
						"INSERT INTO item VALUES (1, 7, 'w', 9)", rows(1, "a:1,b:2,w:9")),
				Writer.of("new version moves a row", "UPDATE t SET note = 'touched' WHERE id IN (1, 2)",
						"UPDATE item SET t_id = 2, position = 5 WHERE t_id = 1 AND position = 1",
						rows(1, "b:2") + " AND " + rows(2, "c:3,a:1")),
				Writer.of("both versions write", "UPDATE t SET items = '[{\"sku\": \"w\", \"qty\": 9}]' WHERE id = 1",
						"INSERT INTO item VALUES (1, 2, 'v', 8)", rows(1, "w:9,v:8")));
	}

	private static String rows(int id, String content) {
		return """
				coalesce((SELECT string_agg(sku || ':' || quantity, ',' ORDER BY position) FROM item WHERE t_id = %1$d), '') = '%2$s'
				AND coalesce((SELECT string_agg((e ->> 'sku') || ':' || (e ->> 'qty'), ',' ORDER BY n)
				                FROM t, jsonb_array_elements(items) WITH ORDINALITY AS x (e, n) WHERE id = %1$d), '') = '%2$s'"""
			.formatted(id, content);
	}

	private static List<String> oldVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String statement = switch (random.nextInt(8)) {
			case 0, 1 ->
				"INSERT INTO t (id, items) VALUES (%d, '%s') ON CONFLICT (id) DO UPDATE SET items = EXCLUDED.items"
					.formatted(id, array(random));
			case 2, 3 -> "UPDATE t SET items = '%s' WHERE id = %d".formatted(array(random), id);
			case 4 -> "UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id);
			case 5 -> "DELETE FROM t WHERE id = %d".formatted(id);
			case 6 -> "UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
				.formatted(1000 + random.nextInt(100_000_000), id);
			default -> "UPDATE t SET items = NULL WHERE id = %d".formatted(id);
		};
		return List.of(statement);
	}

	private static List<String> newVersion(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String touch = TOUCH.formatted(id);
		String add = """
				INSERT INTO item SELECT %1$d, coalesce((SELECT max(position) FROM item WHERE t_id = %1$d), 0) + 1, 's%2$d', %2$d
				 WHERE EXISTS (SELECT FROM t WHERE id = %1$d)"""
			.formatted(id, random.nextInt(100));
		String delete = "DELETE FROM item WHERE t_id = %d".formatted(id);
		return switch (random.nextInt(6)) {
			case 0 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id), touch, add, add);
			case 1, 2 -> List.of(touch, add);
			case 3 ->
				List.of(touch, "UPDATE item SET quantity = %d WHERE t_id = %d".formatted(random.nextInt(100), id));
			case 4 -> List.of(touch, delete + " AND position = 1");
			default -> List.of(touch, delete, add);
		};
	}

	private static String array(Random random) {
		return IntStream.range(0, random.nextInt(4))
			.mapToObj((n) -> "{\"sku\": \"s%d\", \"qty\": %d}".formatted(random.nextInt(100), random.nextInt(100)))
			.collect(Collectors.joining(", ", "[", "]"));
	}

}
