package dev.concertina.benchmark;

import java.util.List;

import dev.concertina.change.Change;
import dev.concertina.operation.AddColumn;

/**
 * The table that everybody changes, and the change: a new column from an expression.
 */
final class Lines {

	static final List<String> CREATE = List.of("""
			CREATE TABLE line (id bigint PRIMARY KEY, order_id bigint NOT NULL, product text NOT NULL,
			                   price numeric(10,2) NOT NULL, quantity integer NOT NULL, note text,
			                   created_at timestamptz NOT NULL)""");

	static final String INSERT = """
			INSERT INTO line
			SELECT n, n / 3, 'product ' || n % 1000, (n % 10000) / 100.0, n % 10 + 1, md5(n::text),
			       timestamptz '2026-01-01' + n * interval '1 second'
			  FROM generate_series(1, ?) AS n""";

	static final String EXPRESSION = "price * quantity";

	static final String ADD_COLUMN = "ALTER TABLE line ADD COLUMN total numeric(12,2)";

	static final String WRONG = """
			SELECT count(*) FROM line WHERE total IS DISTINCT FROM price * quantity""";

	static final String SELECT_ONE = """
			SELECT order_id, product, price, quantity FROM line WHERE id = ?""";

	static final String UPDATE_ONE = """
			UPDATE line SET quantity = quantity % 10 + 1 WHERE id = ?""";

	private Lines() {
	}

	static Change change() {
		return Change.version("1", "add-total")
			.operation(AddColumn.of("line", "total", "numeric(12,2)").filledBy(EXPRESSION).withNotNull())
			.build();
	}

}
