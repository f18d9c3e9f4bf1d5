package dev.concertina.chunk;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.concertina.change.Change;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowOrder;
import dev.concertina.schema.TableName;
import dev.concertina.testing.TestDatabase;

/**
 * A table whose column {@code doubled} is twice its {@code price}: a trigger sees to it
 * at any write but that of a batch, which it counts.
 */
final class KeyedTable {

	static final int ROWS = 400;

	private static final String DOUBLE = """
			CREATE FUNCTION double() RETURNS trigger LANGUAGE plpgsql AS '
			BEGIN
			  IF current_setting(''concertina.batch'', true) <> '''' THEN
			    NEW.applied := OLD.applied + 1;
			  ELSE
			    NEW.doubled := NEW.price * 2;
			    NEW.written := true;
			  END IF;
			  RETURN NEW;
			END'""";

	private final TestDatabase db;

	private final KeyKind kind;

	private KeyedTable(TestDatabase db, KeyKind kind) {
		this.db = db;
		this.kind = kind;
	}

	/**
	 * Creates it with rows that nobody has written since the trigger came.
	 */
	static KeyedTable create(TestDatabase db, KeyKind kind) {
		KeyedTable table = createEmpty(db, kind);
		db.execute("ALTER TABLE line DISABLE TRIGGER double")
			.withRows("line (%s, no, price)".formatted(kind.columns()), ROWS, kind.value("n") + ", n, n");
		for (int number = 0; number < kind.special().size(); number++) {
			db.execute("INSERT INTO line (%s, no, price) VALUES (%s, %d, 1)".formatted(kind.columns(),
					kind.special().get(number), -1 - number));
		}
		db.execute("ALTER TABLE line ENABLE TRIGGER double");
		return table;
	}

	static KeyedTable createEmpty(TestDatabase db, KeyKind kind) {
		db.execute("CREATE COLLATION natural_order (provider = icu, locale = 'de-AT')", """
				CREATE TABLE line (%s, no int, price int NOT NULL, doubled int, applied int NOT NULL DEFAULT 0,
				                   written bool NOT NULL DEFAULT false)""".formatted(kind.definition()),
				"CREATE INDEX ON line (no)");
		kind.tableStatements().forEach(db::execute);
		db.execute(DOUBLE,
				"CREATE TRIGGER double BEFORE INSERT OR UPDATE ON line FOR EACH ROW EXECUTE FUNCTION double()");
		return new KeyedTable(db, kind);
	}

	/**
	 * Returns the change that doubles every price.
	 */
	static Change change(String source, RowOrder order) {
		TableName table = TableName.of(source);
		List<RangedSql> statements = List
			.of(new RangedSql("UPDATE", " SET doubled = price * 2 WHERE", "source.doubled IS NULL"));
		RangedSql comparison = new RangedSql(
				"SELECT source.no::text AS key, CASE WHEN doubled IS DISTINCT FROM price * 2 THEN 'different' END AS difference FROM",
				" WHERE", "");
		return Change.version("1", "double")
			.operation(new GivenSteps(new Backfill("double the prices", table, statements).in(order),
					new Check("all prices are doubled", table, comparison).repairedBy(statements).in(order)))
			.build();
	}

	/**
	 * Returns a write of an application: keys come, go and change.
	 */
	String write() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int row = 1 + random.nextInt(ROWS);
		String key = this.kind.value(String.valueOf(1 + random.nextInt(3 * ROWS)));
		return switch (random.nextInt(5)) {
			case 0 -> "INSERT INTO line (%s, no, price) VALUES (%s, %d, 5)".formatted(this.kind.columns(), key, row);
			case 1 -> "UPDATE line SET (%s) = ROW(%s) WHERE no = %d".formatted(this.kind.columns(), key, row);
			case 2 -> "UPDATE line SET price = price + 1 WHERE no = %d".formatted(row);
			case 3 -> "DELETE FROM line WHERE written AND no = %d".formatted(row);
			default -> "DELETE FROM line WHERE no = %d AND no %% 10 = 0".formatted(row);
		};
	}

	/**
	 * Returns how many rows there are of which something is true.
	 */
	long count(String condition) {
		return this.db.jdbc().sql("SELECT count(*) FROM line WHERE " + condition).query(Long.class).single();
	}

}
