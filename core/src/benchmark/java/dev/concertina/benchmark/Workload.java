package dev.concertina.benchmark;

import java.util.List;
import java.util.Map;

import dev.concertina.backfill.BackfillTask;
import dev.concertina.change.Change;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.FillColumns;
import dev.concertina.operation.JsonField;

/**
 * A table called {@code line}, a change of it, and what does the same without this
 * library.
 */
enum Workload {

	BIGINT_KEY("a `bigint` key, one column from an expression", 1),

	UUID_KEY("a random UUID key and one more index, one column from an expression", 1) {

		@Override
		List<String> tables() {
			return List.of(LINE.formatted("id uuid PRIMARY KEY"), "CREATE INDEX ON line (note)");
		}

		@Override
		String insert() {
			return INSERT.formatted("gen_random_uuid()");
		}

	},

	JSON_ARRAY("orders with three items each in a JSON array, extracted to a table", 4) {

		@Override
		List<String> tables() {
			return List
				.of("CREATE TABLE line (id bigint PRIMARY KEY, customer_id bigint NOT NULL, items jsonb NOT NULL)");
		}

		@Override
		String insert() {
			return """
					INSERT INTO line
					SELECT n, n %% 1000, (SELECT jsonb_agg(jsonb_build_object('sku', 'sku ' || n * i %% 5000, 'quantity', i, 'price', n %% 10000 / 100.0))
					                        FROM generate_series(1, 2 + n %% 3) AS i)
					  FROM generate_series(1, ?) AS n"""
				.formatted();
		}

		@Override
		Change change() {
			return Change.version("1", "extract-items")
				.operation(
						ExtractJsonArray.of("line", "items", "item", "line_id", "position", JsonField.of("sku", "text"),
								JsonField.of("quantity", "integer"), JsonField.of("price", "numeric(10,2)")))
				.build();
		}

		@Override
		List<String> expand() {
			return List
				.of("""
						CREATE TABLE item (line_id bigint NOT NULL REFERENCES line ON DELETE CASCADE, position integer NOT NULL,
						                   sku text, quantity integer, price numeric(10,2), PRIMARY KEY (line_id, position))""");
		}

		@Override
		String oneShot() {
			return """
					INSERT INTO item
					SELECT id, n, e ->> 'sku', (e ->> 'quantity')::int, (e ->> 'price')::numeric
					  FROM line CROSS JOIN jsonb_array_elements(items) WITH ORDINALITY AS element (e, n)""";
		}

		@Override
		String wrong() {
			return """
					SELECT abs((SELECT sum(jsonb_array_length(items)) FROM line) - (SELECT count(*) FROM item))::bigint""";
		}

	},

	JAVA_TASK("one column computed in Java", 4) {

		@Override
		Change change() {
			return Change.version("1", "digest")
				.operation(AddColumn.of("line", "digest", "text"))
				.operation(FillColumns.of("line", List.of("digest"), List.of("note"), TASK))
				.build();
		}

		@Override
		Map<String, BackfillTask<?>> tasks() {
			return Map.of(TASK, new DigestTask());
		}

		@Override
		List<String> expand() {
			return List.of("ALTER TABLE line ADD COLUMN digest text");
		}

		@Override
		String oneShot() {
			return "UPDATE line SET digest = encode(sha256(note::bytea), 'hex')";
		}

		@Override
		String wrong() {
			return "SELECT count(*) FROM line WHERE digest IS DISTINCT FROM encode(sha256(note::bytea), 'hex')";
		}

	};

	private static final String TASK = "digest";

	private static final String LINE = """
			CREATE TABLE line (%s, order_id bigint NOT NULL, product text NOT NULL,
			                   price numeric(10,2) NOT NULL, quantity integer NOT NULL, note text,
			                   created_at timestamptz NOT NULL)""";

	private static final String INSERT = """
			INSERT INTO line
			SELECT %s, n / 3, 'product ' || n %% 1000, (n %% 10000) / 100.0, n %% 10 + 1, md5(n::text),
			       timestamptz '2026-01-01' + n * interval '1 second'
			  FROM generate_series(1, ?) AS n""";

	private final String title;

	private final int part;

	Workload(String title, int part) {
		this.title = title;
		this.part = part;
	}

	String title() {
		return this.title;
	}

	/**
	 * Return how many rows it has, of those that are asked for.
	 */
	int rows(BenchmarkOptions options) {
		return options.rows() / this.part;
	}

	/**
	 * Return the statements that make the tables.
	 */
	List<String> tables() {
		return List.of(LINE.formatted("id bigint PRIMARY KEY"));
	}

	/**
	 * Return the statement that fills them, with the number of rows as its parameter.
	 */
	String insert() {
		return INSERT.formatted("n");
	}

	Change change() {
		return Change.version("1", "add-total")
			.operation(AddColumn.of("line", "total", "numeric(12,2)").filledBy("price * quantity").withNotNull())
			.build();
	}

	Map<String, BackfillTask<?>> tasks() {
		return Map.of();
	}

	/**
	 * Return what makes the new structure for those who do not use the library.
	 */
	List<String> expand() {
		return List.of("ALTER TABLE line ADD COLUMN total numeric(12,2)");
	}

	/**
	 * Return the statement that fills the new structure at once.
	 */
	String oneShot() {
		return "UPDATE line SET total = price * quantity";
	}

	/**
	 * Return the query that counts what is wrong afterwards.
	 */
	String wrong() {
		return "SELECT count(*) FROM line WHERE total IS DISTINCT FROM price * quantity";
	}

}
