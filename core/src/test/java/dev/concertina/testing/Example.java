package dev.concertina.testing;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SetNotNull;

/**
 * An operation with a table of 200 rows over some forty blocks, and what the old and the
 * new version of an application write: the old one {@code 55} into the rows 1, 200 and
 * 301, the new one {@code 77} into 2, 199 and 302; the old one deletes 3.
 */
public enum Example {

	ADD_COLUMN(AddColumn.of("line", "total", "numeric").filledBy("price * 2").withNotNull(), "price numeric", "n",
			"price", "UPDATE line SET total = NULL WHERE id = 20",
			"INSERT INTO line (id, price, total) VALUES (302, 77, 1)",
			"UPDATE line SET price = 77, total = 2 WHERE id IN (2, 199)"),

	RENAME_COLUMN(RenameColumn.of("line", "price", "amount"), "price numeric NOT NULL DEFAULT 0", "n", "price",
			"UPDATE line SET amount = 1 WHERE id = 20", "INSERT INTO line (id, amount) VALUES (302, 77)",
			"UPDATE line SET amount = 77 WHERE id IN (2, 199)"),

	CHANGE_COLUMN_TYPE(
			ChangeColumnType.of("line", "price", "cents", "bigint", "(price * 100)::bigint",
					"trim_scale(cents / 100.0)"),
			"price numeric", "n", "price", "UPDATE line SET cents = 1 WHERE id = 20",
			"INSERT INTO line (id, cents) VALUES (302, 7700)", "UPDATE line SET cents = 7700 WHERE id IN (2, 199)"),

	SET_NOT_NULL(SetNotNull.of("line", "price").replacingNullBy("id"), "price numeric",
			"CASE WHEN n % 2 = 1 THEN n END", "price", "UPDATE line SET price = NULL WHERE id = 20",
			"INSERT INTO line (id, price) VALUES (302, 77)", "UPDATE line SET price = 77 WHERE id IN (2, 199)"),

	EXTRACT_JSON_ARRAY(
			ExtractJsonArray
				.of("line", "items", "item", "line_id", "position", JsonField.of("sku", "text"),
						JsonField.of("quantity", "integer", "qty"))
				.withIndex("sku"),
			"items jsonb", "jsonb_build_array(jsonb_build_object('sku', 'S' || n, 'qty', n))", "items -> -1 ->> 'sku'",
			"DELETE FROM item WHERE line_id = 20", "INSERT INTO line (id) VALUES (302)",
			"INSERT INTO item VALUES (302, 1, '77', 1), (2, 5, '77', 1), (199, 5, '77', 1)") {

		@Override
		String[] oldWrites() {
			return new String[] { "INSERT INTO line (id, items) VALUES (301, '[{\"sku\": \"55\", \"qty\": 1}]')",
					"UPDATE line SET items = items || '[{\"sku\": \"55\", \"qty\": 1}]' WHERE id IN (1, 200)",
					"DELETE FROM line WHERE id = 3" };
		}

	};

	private final Operation operation;

	private final String column;

	private final String value;

	private final String written;

	private final String mismatch;

	private final String[] newWrites;

	Example(Operation operation, String column, String value, String written, String mismatch, String... newWrites) {
		this.operation = operation;
		this.column = column;
		this.value = value;
		this.written = written;
		this.mismatch = mismatch;
		this.newWrites = newWrites;
	}

	public Change change() {
		return Change.version("1", "change").operation(this.operation).build();
	}

	public void createTable(TestDatabase database) {
		database.execute("CREATE TABLE line (id bigint PRIMARY KEY, %s, pad text) WITH (fillfactor = 10)"
			.formatted(this.column));
		fillTable(database);
	}

	public void createPartitionedTable(TestDatabase database) {
		database.execute(
				"CREATE TABLE line (id bigint PRIMARY KEY, %s, pad text) PARTITION BY RANGE (id)"
					.formatted(this.column),
				"CREATE TABLE line_a PARTITION OF line FOR VALUES FROM (0) TO (100) WITH (fillfactor = 10)",
				"CREATE TABLE line_b PARTITION OF line FOR VALUES FROM (100) TO (200) WITH (fillfactor = 10)",
				"CREATE TABLE line_c PARTITION OF line DEFAULT WITH (fillfactor = 10)");
		fillTable(database);
	}

	private void fillTable(TestDatabase database) {
		database.withRows("line", 200, "n, %s, repeat('x', 100)".formatted(this.value));
	}

	/**
	 * Lets both versions of the application write, if they may.
	 */
	public void write(TestDatabase database) {
		database.execute(oldWrites()).execute(this.newWrites);
	}

	/**
	 * Makes both structures unequal at row 20, behind the back of the triggers.
	 */
	public void plantMismatch(TestDatabase database) {
		database.execute("BEGIN; SET LOCAL session_replication_role = replica; %s; COMMIT".formatted(this.mismatch));
	}

	/**
	 * Returns id and value of each row that was written, as the old version reads it.
	 */
	public String written(TestDatabase database) {
		return read(database, "string_agg(id || '=' || (%s), ' ' ORDER BY id)".formatted(this.written),
				"id IN (1, 2, 3, 199, 200, 301, 302)");
	}

	/**
	 * Returns what the old version reads in the rows that nobody writes.
	 */
	public String untouched(TestDatabase database) {
		String old = this.column.substring(0, this.column.indexOf(' '));
		return read(database, "count(*) || string_agg(id || '=' || %s, ' ' ORDER BY id)".formatted(old),
				"id BETWEEN 10 AND 190 AND id % 2 = 1");
	}

	String[] oldWrites() {
		return new String[] { "INSERT INTO line (id, price) VALUES (301, 55)",
				"UPDATE line SET price = 55 WHERE id IN (1, 200)", "DELETE FROM line WHERE id = 3" };
	}

	private String read(TestDatabase database, String value, String rows) {
		return database.jdbc().sql("SELECT %s FROM line WHERE %s".formatted(value, rows)).query(String.class).single();
	}

}
