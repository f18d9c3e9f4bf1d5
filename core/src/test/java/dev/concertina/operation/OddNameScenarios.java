package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Names that PostgreSQL takes, and that mean something to PL/pgSQL, to a quoted body, or
 * to the SQL around them: in a table, its key, and the columns that move.
 */
final class OddNameScenarios {

	/** In the operations; in SQL it stands in quotes. */
	private static final String TABLE = "größe; -- $concertina$ %s";

	/** As long as a name can be: 63 bytes. */
	private static final String LONG = "ä".repeat(31) + "n";

	private static final String OLD = "O'Neil \"x\"";

	private static final String T = quoted(TABLE);

	private OddNameScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(split(), jsonObject(), widened(), splitTable());
	}

	private static Scenario split() {
		return Scenario
			.of("split a column with odd names",
					SplitColumn.of(TABLE, OLD, "concat_ws(' ', %s, \"new\")".formatted(quoted(LONG)),
							NewColumn.of(LONG, "text", "split_part(%s, ' ', 1)".formatted(quoted(OLD))),
							NewColumn.of("new", "text", "nullif(split_part(%s, ' ', 2), '')".formatted(quoted(OLD)))))
			.table(table("%s text".formatted(quoted(OLD))))
			.rows("INSERT INTO %s VALUES (1, 'a b'), (2, 'c d')".formatted(T))
			.sameAs("ALTER TABLE %s ADD %s text, ADD \"new\" text".formatted(T, quoted(LONG)),
					"UPDATE %s SET %s = split_part(%s, ' ', 1), \"new\" = split_part(%3$s, ' ', 2)".formatted(T,
							quoted(LONG), quoted(OLD)),
					"ALTER TABLE %s DROP %s".formatted(T, quoted(OLD)))
			.writtenBy(versions(OLD, (random) -> "'r%d s'".formatted(random.nextInt(9)), LONG,
					(random) -> "'n%d'".formatted(random.nextInt(9)),
					Writer.of("old version updates", update(OLD, "'x y'"),
							"(SELECT %s = 'x' AND \"new\" = 'y' FROM %s WHERE source = 1)".formatted(quoted(LONG), T)),
					Writer.of("new version updates", update(LONG, "'z'"),
							"(SELECT %s = 'z b' FROM %s WHERE source = 1)".formatted(quoted(OLD), T))));
	}

	private static Scenario jsonObject() {
		return Scenario
			.of("JSON object with odd keys to columns",
					ExtractJsonObject.of(TABLE, OLD, JsonField.of(LONG, "text", "it's \"a\" \\key"),
							JsonField.of("old", "integer")))
			.table(table("%s jsonb".formatted(quoted(OLD))))
			.rows("INSERT INTO %s VALUES (1, '{\"it''s \\\"a\\\" \\\\key\": \"v\", \"old\": 1}'), (2, NULL)"
				.formatted(T))
			.sameAs("ALTER TABLE %s ADD %s text, ADD \"old\" int".formatted(T, quoted(LONG)),
					"UPDATE %s SET %s = 'v', \"old\" = 1 WHERE source = 1".formatted(T, quoted(LONG)),
					"ALTER TABLE %s DROP %s".formatted(T, quoted(OLD)))
			.writtenBy(versions(OLD, (random) -> "'{\"old\": %d}'".formatted(random.nextInt(9)), "old",
					(random) -> String.valueOf(random.nextInt(9)),
					Writer.of("old version updates", update(OLD, "'{\"it''s \\\"a\\\" \\\\key\": \"w\", \"old\": 2}'"),
							"(SELECT %s = 'w' AND \"old\" = 2 FROM %s WHERE source = 1)".formatted(quoted(LONG), T)),
					Writer.of("new version updates", update("old", "7"),
							"(SELECT %s ->> 'old' = '7' FROM %s WHERE source = 1)".formatted(quoted(OLD), T))));
	}

	private static Scenario widened() {
		return Scenario.of("widen a key with odd names", WidenKey.of(TABLE, "source"))
			.table("CREATE TABLE %s (source int PRIMARY KEY, %s int REFERENCES %1$s, pad text DEFAULT repeat('x', 1500))"
				.formatted(T, quoted(LONG)), "ALTER TABLE %s ALTER pad SET STORAGE PLAIN".formatted(T))
			.rows("INSERT INTO %s VALUES (1, NULL), (2, 1)".formatted(T))
			.sameAs("ALTER TABLE %s ALTER source TYPE bigint, ALTER %s TYPE bigint".formatted(T, quoted(LONG)))
			.writtenBy(versions(LONG, (random) -> "NULL", LONG, (random) -> "NULL", Writer.of("updates",
					update(LONG, "1"), "(SELECT %s = 1 FROM %s WHERE source = 1)".formatted(quoted(LONG), T))));
	}

	private static Scenario splitTable() {
		String child = quoted("c");
		return Scenario.of("split a table with odd names", SplitTable.of(TABLE, "c", OLD, "p"))
			.table(table("%s text, p int".formatted(quoted(OLD))))
			.rows("INSERT INTO %s VALUES (1, 'a', 1), (2, NULL, NULL)".formatted(T))
			.sameAs("CREATE TABLE %s (source bigint PRIMARY KEY REFERENCES %s ON DELETE CASCADE, %s text, p int)"
				.formatted(child, T, quoted(OLD)), "INSERT INTO %s VALUES (1, 'a', 1)".formatted(child),
					"ALTER TABLE %s DROP %s, DROP p".formatted(T, quoted(OLD)))
			.writtenBy(versions(OLD, (random) -> "'r%d'".formatted(random.nextInt(9)), "pad",
					(random) -> "repeat('y', %d)".formatted(random.nextInt(1500)),
					Writer.of("old version updates", update(OLD, "'x'"),
							"(SELECT %s = 'x' FROM %s WHERE source = 1)".formatted(quoted(OLD), child)),
					Writer.of("new version updates", update("pad", "'t'"),
							"UPDATE %s SET %s = 'z' WHERE source = 1".formatted(child, quoted(OLD)),
							"(SELECT %s = 'z' FROM %s WHERE source = 1)".formatted(quoted(OLD), T))));
	}

	private static String[] table(String columns) {
		return new String[] { "CREATE TABLE %s (source bigint PRIMARY KEY, %s, pad text DEFAULT repeat('x', 1500))"
			.formatted(T, columns), "ALTER TABLE %s ALTER pad SET STORAGE PLAIN".formatted(T) };
	}

	private static String update(String column, String value) {
		return "UPDATE %s SET %s = %s WHERE source = 1".formatted(T, quoted(column), value);
	}

	private static Versions versions(String oldColumn, Function<Random, String> oldValue, String newColumn,
			Function<Random, String> newValue, Writer... writers) {
		return new Versions(T, List.of(writers), (random) -> List.of(write(random, oldColumn, oldValue.apply(random))),
				(random) -> List.of(write(random, newColumn, newValue.apply(random))));
	}

	private static String write(Random random, String column, String value) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		return random.nextBoolean()
				? "INSERT INTO %s (source, %s) VALUES (%d, %s) ON CONFLICT (source) DO UPDATE SET %2$s = EXCLUDED.%2$s"
					.formatted(T, quoted(column), id, value)
				: "UPDATE %s SET %s = %s WHERE source = %d".formatted(T, quoted(column), value, id);
	}

	private static String quoted(String name) {
		return "\"%s\"".formatted(name.replace("\"", "\"\""));
	}

}
