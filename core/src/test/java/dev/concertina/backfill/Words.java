package dev.concertina.backfill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Change;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.FillColumns;
import dev.concertina.testing.BatchCounter;
import dev.concertina.testing.TestDatabase;

/**
 * A table of words, and a change that fills a column with each of them in capitals, by a
 * task in Java. Each row counts how often a batch has written it.
 */
final class Words {

	static final String TASK = "shout";

	static final Change CHANGE = Change.version("1", "shouted")
		.operation(AddColumn.of("line", "shouted", "text"))
		.operation(FillColumns.of("line", List.of("shouted"), List.of("word"), TASK))
		.build();

	private static final String COLUMNS = "id bigint PRIMARY KEY, word text, note text, applied int NOT NULL DEFAULT 0";

	private Words() {
	}

	static void createTable(TestDatabase database, int rows) {
		database.execute("CREATE TABLE line (%s) WITH (fillfactor = 20)".formatted(COLUMNS));
		fillTable(database, rows);
	}

	/**
	 * Creates one of which several workers have a part each.
	 */
	static void createPartitionedTable(TestDatabase database, int rows) {
		database.execute("CREATE TABLE line (%s) PARTITION BY HASH (id)".formatted(COLUMNS));
		for (int number = 0; number < 4; number++) {
			database.execute(
					"CREATE TABLE line_%1$d PARTITION OF line FOR VALUES WITH (MODULUS 4, REMAINDER %1$d) WITH (fillfactor = 20)"
						.formatted(number));
		}
		fillTable(database, rows);
	}

	private static void fillTable(TestDatabase database, int rows) {
		database.withRows("line (id, word, note)", rows, "n, 'word ' || n, repeat('x', 100)")
			.execute(BatchCounter.statements().toArray(String[]::new));
	}

	static String shouted(String word) {
		return word.toUpperCase(Locale.ROOT);
	}

	static long count(TestDatabase database, String condition) {
		return database.jdbc()
			.sql("SELECT count(*) FROM line WHERE " + condition)
			.query((row, number) -> row.getLong(1))
			.single();
	}

	/**
	 * What is done with a word.
	 */
	@FunctionalInterface
	interface Shout extends BackfillTask<String> {

		@Override
		default String read(ResultSet row) throws SQLException {
			return row.getString("word");
		}

		@Override
		default Map<String, ? extends @Nullable Object> transform(String word) throws Exception {
			return Map.of("shouted", of(word));
		}

		String of(String word) throws Exception;

	}

}
