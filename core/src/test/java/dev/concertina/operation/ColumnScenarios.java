package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Operations that give a column another form.
 */
final class ColumnScenarios {

	/** How many keys random statements are about. */
	static final int ROWS = 300;

	private ColumnScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(rename(), epochToTimestamp(), textToTimestamp(), timestampToEpoch(), filledColumn(),
				filledNotNull(), notNull(), widened(), retyped());
	}

	static Scenario rename() {
		return moving("rename a column", "mail text",
				"INSERT INTO t VALUES (1, 'one', '-'), (2, 'two', '-'), (3, NULL, '-')",
				RenameColumn.of("t", "mail", "email"), "ALTER TABLE t RENAME COLUMN mail TO email",
				pairWriters("mail", "email", "'w'", "'w'", "'one'", "'one'"), version("mail", (random) -> text(random)),
				version("email", (random) -> text(random)));
	}

	private static Scenario epochToTimestamp() {
		return moving("epoch to timestamptz", "epoch bigint",
				"INSERT INTO t VALUES (1, 1700000001, '-'), (2, 1700000002, '-'), (3, NULL, '-')",
				ChangeColumnType.of("t", "epoch", "at", "timestamptz", "to_timestamp(epoch)",
						"extract(epoch FROM at)::bigint"),
				"ALTER TABLE t ALTER epoch TYPE timestamptz USING to_timestamp(epoch); ALTER TABLE t RENAME epoch TO at",
				pairWriters("epoch", "at", "1800000000", "to_timestamp(1800000000)", "1700000001",
						"to_timestamp(1700000001)"),
				version("epoch", (random) -> "170000000" + random.nextInt(10)), version("at",
						(random) -> "to_timestamp(180000000%d.%d)".formatted(random.nextInt(10), random.nextInt(10))));
	}

	private static Scenario textToTimestamp() {
		return moving("text to timestamptz", "word text",
				"INSERT INTO t VALUES (1, '2024-05-01 12:00:00', '-'), (2, '2024-05-02T12:00:00+02', '-'), (3, NULL, '-')",
				ChangeColumnType.of("t", "word", "at", "timestamptz", "word::timestamptz",
						"to_char(at, 'YYYY-MM-DD\"T\"HH24:MI:SS.USOF')"),
				"BEGIN; SET LOCAL TimeZone = 'UTC'; ALTER TABLE t ALTER word TYPE timestamptz USING word::timestamptz; ALTER TABLE t RENAME word TO at; COMMIT",
				pairWriters("word", "at", "'2030-01-01T00:00:00.000000+00'", "'2030-01-01 00:00:00Z'::timestamptz",
						"'2024-05-01 12:00:00'", "'2024-05-01 12:00:00Z'::timestamptz"),
				version("word", (random) -> "'2024-01-0%d 01:02:03'".formatted(1 + random.nextInt(9))), version("at",
						(random) -> "to_timestamp(180000000%d.%d)".formatted(random.nextInt(10), random.nextInt(10))));
	}

	private static Scenario timestampToEpoch() {
		return moving("timestamptz to epoch", "at timestamptz",
				"INSERT INTO t VALUES (1, to_timestamp(1700000001), '-'), (2, to_timestamp(1700000002.5), '-'), (3, NULL, '-')",
				ChangeColumnType.of("t", "at", "epoch", "bigint", "floor(extract(epoch FROM at))::bigint",
						"to_timestamp(epoch)"),
				"ALTER TABLE t ALTER at TYPE bigint USING floor(extract(epoch FROM at)); ALTER TABLE t RENAME at TO epoch",
				pairWriters("at", "epoch", "to_timestamp(1800000000)", "1800000000", "to_timestamp(1700000001)",
						"1700000001"),
				version("at",
						(random) -> "to_timestamp(180000000%d.%d)".formatted(random.nextInt(10), random.nextInt(10))),
				version("epoch", (random) -> "170000000" + random.nextInt(10)));
	}

	private static Scenario filledColumn() {
		return moving("fill a new column", "price int",
				"INSERT INTO t VALUES (1, 10, '-'), (2, 20, '-'), (3, NULL, '-')",
				AddColumn.of("t", "total", "int").filledBy("price * 2"),
				"ALTER TABLE t ADD total int; UPDATE t SET total = price * 2",
				List.of(Writer.of("old version inserts", "INSERT INTO t (id, price) VALUES (10, 5)",
						"(SELECT total = 10 FROM t WHERE id = 10)"),
						Writer.of("new version inserts", "INSERT INTO t (id, price, total) VALUES (10, 5, 99)",
								"(SELECT total = 99 FROM t WHERE id = 10)"),
						Writer.of("old version updates", "UPDATE t SET price = 7 WHERE id = 1",
								"(SELECT total = 14 FROM t WHERE id = 1)"),
						Writer.of("new version updates", "UPDATE t SET total = 99 WHERE id = 1",
								"(SELECT total = 99 FROM t WHERE id = 1)"),
						Writer.of("new version updates to NULL", "UPDATE t SET total = NULL WHERE id = 1",
								"(SELECT total = 20 FROM t WHERE id = 1)"),
						Writer.of("new version updates both", "UPDATE t SET price = 7, total = 99 WHERE id = 1",
								"(SELECT total = 99 FROM t WHERE id = 1)"),
						Writer.of("old version updates what the new one gave", "UPDATE t SET total = 99 WHERE id = 1",
								"UPDATE t SET price = 7 WHERE id = 1", "(SELECT total = 99 FROM t WHERE id = 1)"),
						Writer.of("anybody updates something else",
								"UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT total = 20 FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)"),
						Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
								"(SELECT total = 20 FROM t WHERE id = 11)")),
				version("price", (random) -> String.valueOf(random.nextInt(100))),
				version("total", (random) -> (random.nextInt(9) == 0) ? "NULL" : String.valueOf(random.nextInt(100))));
	}

	private static Scenario filledNotNull() {
		return Scenario
			.of("fill a new column that forbids NULL",
					AddColumn.of("t", "total", "int").filledBy("price * quantity").withNotNull().withDefault("0"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, price int NOT NULL, quantity int NOT NULL DEFAULT 3)")
			.rows("INSERT INTO t (id, price) SELECT n, n FROM generate_series(1, 50) n")
			.sameAs("ALTER TABLE t ADD total int; UPDATE t SET total = price * quantity; ALTER TABLE t ALTER total SET NOT NULL, ALTER total SET DEFAULT 0");
	}

	private static Scenario notNull() {
		return moving("forbid NULL", "name text",
				"INSERT INTO t VALUES (1, NULL, '-'), (2, 'two', '-'), (3, NULL, '-')",
				SetNotNull.of("t", "name").replacingNullBy("'row ' || id"),
				"UPDATE t SET name = 'row ' || id WHERE name IS NULL; ALTER TABLE t ALTER name SET NOT NULL",
				List.of(Writer.of("inserts NULL", "INSERT INTO t (id) VALUES (10)",
						"(SELECT name = 'row 10' FROM t WHERE id = 10)"),
						Writer.of("inserts a value", "INSERT INTO t (id, name) VALUES (10, 'w')",
								"(SELECT name = 'w' FROM t WHERE id = 10)"),
						Writer.of("updates", "UPDATE t SET name = 'w' WHERE id = 1",
								"(SELECT name = 'w' FROM t WHERE id = 1)"),
						Writer.of("updates to NULL", "UPDATE t SET name = NULL WHERE id = 2",
								"(SELECT name = 'row 2' FROM t WHERE id = 2)"),
						Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT name = 'row 1' FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)"),
						Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
								"(SELECT name IN ('row 1', 'row 11') FROM t WHERE id = 11)")),
				version("name", (random) -> random.nextBoolean() ? "NULL" : text(random)),
				version("name", ColumnScenarios::text))
			.replacingValues();
	}

	private static Scenario widened() {
		return Scenario.of("widen a text at once", ChangeColumnType.of("t", "word", "varchar(80)"))
			.table("CREATE TABLE t (id bigint PRIMARY KEY, word varchar(20) NOT NULL DEFAULT 'x')",
					"CREATE INDEX ON t (word)")
			.rows("INSERT INTO t SELECT n, 'w' || n FROM generate_series(1, 50) n")
			.sameAs("ALTER TABLE t ALTER word TYPE varchar(80)");
	}

	private static Scenario retyped() {
		return moving("widen a number under its name", "amount int NOT NULL DEFAULT 7 CHECK (amount > 0)",
				"INSERT INTO t VALUES (1, 10, '-'), (2, 20, '-'), (3, 30, '-')",
				ChangeColumnType.of("t", "amount", "bigint"), "ALTER TABLE t ALTER amount TYPE bigint",
				List.of(Writer.of("inserts", "INSERT INTO t (id, amount) VALUES (10, 5)",
						"(SELECT amount = 5 FROM t WHERE id = 10)"),
						Writer.of("inserts the default", "INSERT INTO t (id) VALUES (10)",
								"(SELECT amount = 7 FROM t WHERE id = 10)"),
						Writer.of("updates", "UPDATE t SET amount = 5 WHERE id = 1",
								"(SELECT amount = 5 FROM t WHERE id = 1)"),
						Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
								"(SELECT amount = 10 FROM t WHERE id = 1)"),
						Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)")),
				version("amount", (random) -> String.valueOf(1 + random.nextInt(100))),
				version("amount", (random) -> String.valueOf(1 + random.nextInt(100))))
			.table("CREATE INDEX amounts ON t (amount) WHERE note <> 'x'");
	}

	static Scenario moving(String name, String columns, String rows, Operation operation, String plain,
			List<Writer> writers, Function<Random, List<String>> oldVersion,
			Function<Random, List<String>> newVersion) {
		return Scenario.of(name, operation)
			.table("CREATE TABLE t (id bigint PRIMARY KEY, %s, note text DEFAULT repeat('-', 1500))".formatted(columns),
					"ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN")
			.rows(rows)
			.sameAs(plain)
			.writtenBy(new Versions(writers, oldVersion, newVersion));
	}

	static List<Writer> pairWriters(String old, String fresh, String oldValue, String newValue, String oldOne,
			String newOne) {
		String both = "(SELECT %s = %s AND %s = %s FROM t WHERE id = %%d)".formatted(old, oldValue, fresh, newValue);
		String kept = "(SELECT %s = %s AND %s = %s FROM t WHERE id = %%d)".formatted(old, oldOne, fresh, newOne);
		return List.of(
				Writer.of("old version inserts", "INSERT INTO t (id, %s) VALUES (10, %s)".formatted(old, oldValue),
						both.formatted(10)),
				Writer.of("new version inserts", "INSERT INTO t (id, %s) VALUES (10, %s)".formatted(fresh, newValue),
						both.formatted(10)),
				Writer.of("inserts both",
						"INSERT INTO t (id, %s, %s) VALUES (10, %s, %s)".formatted(old, fresh, oldValue, newValue),
						both.formatted(10)),
				Writer.of("old version updates", "UPDATE t SET %s = %s WHERE id = 1".formatted(old, oldValue),
						both.formatted(1)),
				Writer.of("new version updates", "UPDATE t SET %s = %s WHERE id = 1".formatted(fresh, newValue),
						both.formatted(1)),
				Writer.of("updates both",
						"UPDATE t SET %s = %s, %s = %s WHERE id = 1".formatted(old, oldValue, fresh, newValue),
						both.formatted(1)),
				Writer.of("old version updates all", "UPDATE t SET %s = %s".formatted(old, oldValue),
						both.formatted(2)),
				Writer.of("new version updates all", "UPDATE t SET %s = %s".formatted(fresh, newValue),
						both.formatted(2)),
				Writer.of("both versions update", "UPDATE t SET %s = %s WHERE id = 1".formatted(fresh, newOne),
						"UPDATE t SET %s = %s WHERE id = 1".formatted(old, oldValue), both.formatted(1)),
				Writer.of("old version updates to NULL", "UPDATE t SET %s = NULL WHERE id = 1".formatted(old),
						"(SELECT %s IS NULL AND %s IS NULL FROM t WHERE id = 1)".formatted(old, fresh)),
				Writer.of("new version updates to NULL", "UPDATE t SET %s = NULL WHERE id = 1".formatted(fresh),
						"true"),
				Writer.of("anybody updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						kept.formatted(1)),
				Writer.of("upserts the old column",
						"INSERT INTO t (id, %1$s) VALUES (1, %2$s) ON CONFLICT (id) DO UPDATE SET %1$s = EXCLUDED.%1$s"
							.formatted(old, oldValue),
						both.formatted(1)),
				Writer.of("upserts the new column",
						"INSERT INTO t (id, %1$s) VALUES (1, %2$s) ON CONFLICT (id) DO UPDATE SET %1$s = EXCLUDED.%1$s"
							.formatted(fresh, newValue),
						both.formatted(1)),
				Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)"),
				Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1", kept.formatted(11)));
	}

	static Function<Random, List<String>> version(String column, Function<Random, String> value) {
		return (random) -> {
			int id = 1 + random.nextInt(ROWS);
			String statement = switch (random.nextInt(8)) {
				case 0, 1 ->
					"INSERT INTO t (id, %1$s) VALUES (%2$d, %3$s) ON CONFLICT (id) DO UPDATE SET %1$s = EXCLUDED.%1$s"
						.formatted(column, id, value.apply(random));
				case 2, 3, 4 -> "UPDATE t SET %s = %s WHERE id = %d".formatted(column, value.apply(random), id);
				case 5 -> "UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id);
				case 6 -> "DELETE FROM t WHERE id = %d".formatted(id);
				default -> "UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
					.formatted(1000 + random.nextInt(100_000_000), id);
			};
			return List.of(statement);
		};
	}

	private static String text(Random random) {
		return "'text %d'".formatted(random.nextInt(1000));
	}

}
