package dev.concertina.soak;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.concertina.change.Change;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.BatchCounter;

/**
 * What is changed, how both versions of an application write it, and how to read what
 * they wrote. The value of a row is a number, of which the content follows.
 */
enum Subject {

	SAME_TABLE {

		@Override
		List<String> tables() {
			return Stream.concat(Stream.of(
					"""
							CREATE TABLE line (id bigint PRIMARY KEY, price int, applied int NOT NULL DEFAULT 0, written bool NOT NULL DEFAULT false,
							                   note text)""",
					"INSERT INTO line (id, price, note) SELECT n, n, repeat('x', 100) FROM generate_series(1, %d) AS n"
						.formatted(ROWS)),
					BatchCounter.statements().stream())
				.toList();
		}

		@Override
		Change change() {
			return Change.version("1", "rename").operation(RenameColumn.of("line", "price", "amount")).build();
		}

		@Override
		List<String> oldWrite(long id, int value) {
			return List.of("""
					INSERT INTO line (id, price, written) VALUES (%1$d, %2$d, true)
					    ON CONFLICT (id) DO UPDATE SET price = %2$d, written = true""".formatted(id, value));
		}

		@Override
		List<String> newWrite(long id, int value) {
			return List.of("""
					INSERT INTO line (id, amount, written) VALUES (%1$d, %2$d, true)
					    ON CONFLICT (id) DO UPDATE SET amount = %2$d, written = true""".formatted(id, value));
		}

		@Override
		String content(int value) {
			return String.valueOf(value);
		}

		@Override
		String oldContent() {
			return "SELECT id, price FROM line";
		}

		@Override
		String newContent() {
			return "SELECT id, amount FROM line";
		}

		@Override
		String notCopiedOnce() {
			return "SELECT id FROM line WHERE applied > 1 OR (NOT written AND note = repeat('x', 100) AND applied <> 1)";
		}

	},

	CROSS_TABLE {

		@Override
		List<String> tables() {
			return List.of("CREATE TABLE line (id bigint PRIMARY KEY, items jsonb, note text)",
					"""
							INSERT INTO line SELECT n, (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', 's' || i, 'quantity', n)), '[]')
							                              FROM generate_series(1, n %% 4) AS i), repeat('x', 100)
							  FROM generate_series(1, %d) AS n"""
						.formatted(ROWS));
		}

		@Override
		Change change() {
			return Change.version("1", "extract")
				.operation(ExtractJsonArray.of("line", "items", "item", "line_id", "position",
						JsonField.of("sku", "text"), JsonField.of("quantity", "integer")))
				.build();
		}

		@Override
		List<String> oldWrite(long id, int value) {
			String items = items(value)
				.mapToObj((item) -> "{\"sku\": \"s%d\", \"quantity\": %d}".formatted(item, value))
				.collect(Collectors.joining(", ", "[", "]"));
			return List
				.of("INSERT INTO line (id, items) VALUES (%1$d, '%2$s') ON CONFLICT (id) DO UPDATE SET items = '%2$s'"
					.formatted(id, items));
		}

		@Override
		List<String> newWrite(long id, int value) {
			return List.of(
					"INSERT INTO line (id, note) VALUES (%d, 'n') ON CONFLICT (id) DO UPDATE SET note = 'n'"
						.formatted(id),
					"DELETE FROM item WHERE line_id = %d".formatted(id),
					"INSERT INTO item (line_id, position, sku, quantity) SELECT %d, i, 's' || i, %d FROM generate_series(1, %d) AS i"
						.formatted(id, value, value % 4));
		}

		@Override
		String content(int value) {
			return items(value).mapToObj((item) -> "s%d:%d".formatted(item, value)).collect(Collectors.joining(","));
		}

		@Override
		String oldContent() {
			return """
					SELECT id, (SELECT coalesce(string_agg((e ->> 'sku') || ':' || (e ->> 'quantity'), ',' ORDER BY n), '')
					              FROM jsonb_array_elements(items) WITH ORDINALITY AS x (e, n))
					  FROM line""";
		}

		@Override
		String newContent() {
			return """
					SELECT id, (SELECT coalesce(string_agg(sku || ':' || quantity, ',' ORDER BY position), '')
					              FROM item WHERE line_id = id)
					  FROM line""";
		}

		@Override
		String notCopiedOnce() {
			return "SELECT line_id FROM item WHERE NOT EXISTS (SELECT FROM line WHERE id = line_id)";
		}

		private static IntStream items(int value) {
			return IntStream.rangeClosed(1, value % 4);
		}

	};

	static final int ROWS = 20_000;

	abstract List<String> tables();

	abstract Change change();

	/**
	 * Return what the old version sends to write a row.
	 */
	abstract List<String> oldWrite(long id, int value);

	/**
	 * Return what the new version sends to write a row.
	 */
	abstract List<String> newWrite(long id, int value);

	/**
	 * Return the content that a value has, as the queries give it.
	 */
	abstract String content(int value);

	/**
	 * Return the query for each row's key and content in the old structure.
	 */
	abstract String oldContent();

	/**
	 * Return the query for each row's key and content in the new structure.
	 */
	abstract String newContent();

	/**
	 * Return the query for the keys of rows that were copied twice, or that nobody but a
	 * batch could have copied, and that it did not.
	 */
	abstract String notCopiedOnce();

}
