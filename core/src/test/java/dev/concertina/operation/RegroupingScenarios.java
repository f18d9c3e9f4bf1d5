package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Writer;

/**
 * Columns that are split or merged.
 */
final class RegroupingScenarios {

	private RegroupingScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(splitName(), mergeDateAndTime(), jsonObject());
	}

	private static Scenario splitName() {
		return ColumnScenarios.moving("split a name", "name text",
				"INSERT INTO t VALUES (1, 'Ada Lovelace', '-'), (2, 'Bob', '-'), (3, NULL, '-')",
				SplitColumn.of("t", "name", "concat_ws(' ', first, last)",
						NewColumn.of("first", "text", "split_part(name, ' ', 1)"),
						NewColumn.of("last", "text", "nullif(substr(name, length(split_part(name, ' ', 1)) + 2), '')")),
				"ALTER TABLE t ADD first text, ADD last text; UPDATE t SET first = split_part(name, ' ', 1), last = nullif(substr(name, length(split_part(name, ' ', 1)) + 2), ''); ALTER TABLE t DROP name",
				List.of(Writer.of("old version inserts", "INSERT INTO t (id, name) VALUES (10, 'Cyd Ray')",
						"(SELECT first = 'Cyd' AND last = 'Ray' FROM t WHERE id = 10)"),
						Writer.of("new version inserts", "INSERT INTO t (id, first, last) VALUES (10, 'Cyd', 'Ray')",
								"(SELECT name = 'Cyd Ray' FROM t WHERE id = 10)"),
						Writer.of("new version inserts one of two", "INSERT INTO t (id, first) VALUES (10, 'Cyd')",
								"(SELECT name = 'Cyd' FROM t WHERE id = 10)"),
						Writer.of("old version updates", "UPDATE t SET name = 'Cyd Ray' WHERE id = 1",
								"(SELECT first = 'Cyd' AND last = 'Ray' FROM t WHERE id = 1)"),
						Writer.of("new version updates both columns",
								"UPDATE t SET first = 'Cyd', last = 'Ray' WHERE id = 1",
								"(SELECT name = 'Cyd Ray' FROM t WHERE id = 1)"),
						Writer.of("new version updates one of two", "UPDATE t SET first = 'Cyd' WHERE id = 1",
								"(SELECT name = 'Cyd Lovelace' AND last = 'Lovelace' FROM t WHERE id = 1)"),
						Writer.of("anybody updates something else",
								"UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT first = 'Ada' AND last = 'Lovelace' FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)"),
						Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
								"(SELECT first = 'Ada' FROM t WHERE id = 11)")),
				ColumnScenarios.version("name",
						(random) -> "'a%d b%d'".formatted(random.nextInt(9), random.nextInt(9))),
				(random) -> List.of("UPDATE t SET first = 'c%d', last = 'd%d' WHERE id = %d"
					.formatted(random.nextInt(9), random.nextInt(9), 1 + random.nextInt(ColumnScenarios.ROWS))));
	}

	private static Scenario mergeDateAndTime() {
		return ColumnScenarios.moving("merge date and time", "day date, hour time",
				"INSERT INTO t VALUES (1, '2024-05-01', '12:00', '-'), (2, '2024-05-02', '13:00', '-'), (3, NULL, NULL, '-')",
				MergeColumns.of("t", NewColumn.of("at", "timestamp", "day + hour"), OldColumn.of("day", "at::date"),
						OldColumn.of("hour", "at::time")),
				"ALTER TABLE t ADD at timestamp; UPDATE t SET at = day + hour; ALTER TABLE t DROP day, DROP hour",
				List.of(Writer.of("old version inserts",
						"INSERT INTO t (id, day, hour) VALUES (10, '2030-01-01', '10:00')",
						"(SELECT at = '2030-01-01 10:00' FROM t WHERE id = 10)"),
						Writer.of("new version inserts", "INSERT INTO t (id, at) VALUES (10, '2030-01-01 10:00')",
								"(SELECT day = '2030-01-01' AND hour = '10:00' FROM t WHERE id = 10)"),
						Writer.of("old version updates one of two", "UPDATE t SET hour = '10:00' WHERE id = 1",
								"(SELECT at = '2024-05-01 10:00' FROM t WHERE id = 1)"),
						Writer.of("new version updates", "UPDATE t SET at = '2030-01-01 10:00' WHERE id = 1",
								"(SELECT day = '2030-01-01' AND hour = '10:00' FROM t WHERE id = 1)"),
						Writer.of("anybody updates something else",
								"UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT at = '2024-05-01 12:00' FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)")),
				(random) -> List.of(("INSERT INTO t (id, day, hour) VALUES (%d, '2024-01-0%d', '0%d:00')"
						+ " ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day, hour = EXCLUDED.hour")
					.formatted(1 + random.nextInt(ColumnScenarios.ROWS), 1 + random.nextInt(9), random.nextInt(9))),
				(random) -> List.of("UPDATE t SET at = '2024-02-0%d 0%d:00' WHERE id = %d"
					.formatted(1 + random.nextInt(9), random.nextInt(9), 1 + random.nextInt(ColumnScenarios.ROWS))));
	}

	private static Scenario jsonObject() {
		return ColumnScenarios.moving("JSON object to columns", "address jsonb",
				"INSERT INTO t VALUES (1, '{\"city\": \"Rome\", \"zip\": 7, \"geo\": [1]}', '-'), (2, '{}', '-'), (3, NULL, '-')",
				ExtractJsonObject
					.of("t", "address", JsonField.of("city", "text"), JsonField.of("postcode", "integer", "zip"))
					.withRest("rest"),
				"ALTER TABLE t ADD city text, ADD postcode int, ADD rest jsonb; UPDATE t SET city = address ->> 'city', postcode = (address ->> 'zip')::int, rest = nullif(address - '{city,zip}'::text[], '{}'); ALTER TABLE t DROP address",
				List.of(Writer.of("old version inserts",
						"INSERT INTO t (id, address) VALUES (10, '{\"city\": \"Oslo\"}')",
						"(SELECT city = 'Oslo' AND postcode IS NULL FROM t WHERE id = 10)"),
						Writer.of("new version inserts", "INSERT INTO t (id, city) VALUES (10, 'Oslo')",
								"(SELECT address = '{\"city\": \"Oslo\"}' FROM t WHERE id = 10)"),
						Writer.of("old version updates",
								"UPDATE t SET address = address || '{\"zip\": 8}' WHERE id = 1",
								"(SELECT city = 'Rome' AND postcode = 8 AND rest = '{\"geo\": [1]}' FROM t WHERE id = 1)"),
						Writer.of("new version updates", "UPDATE t SET city = 'Oslo', postcode = 9 WHERE id = 2",
								"(SELECT address = '{\"city\": \"Oslo\", \"zip\": 9}' FROM t WHERE id = 2)"),
						Writer.of("new version updates one of them", "UPDATE t SET city = 'Oslo' WHERE id = 1",
								"(SELECT address = '{\"city\": \"Oslo\", \"zip\": 7, \"geo\": [1]}' FROM t WHERE id = 1)"),
						Writer.of("anybody updates something else",
								"UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT city = 'Rome' AND rest = '{\"geo\": [1]}' FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)")),
				ColumnScenarios.version("address",
						(random) -> "'{\"city\": \"c%d\", \"zip\": %d, \"x\": %d}'".formatted(random.nextInt(9),
								random.nextInt(9), random.nextInt(9))),
				(random) -> List.of("UPDATE t SET city = 'd%d', postcode = %d WHERE id = %d"
					.formatted(random.nextInt(9), random.nextInt(9), 1 + random.nextInt(ColumnScenarios.ROWS))));
	}

}
