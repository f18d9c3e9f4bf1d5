package dev.concertina.operation;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.plan.Plan;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A column that another one has taken the name of, while it is out of sight.
 */
@PostgresTest
class RetiredColumnIntegrationTests {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults().withSoak(Duration.ofDays(1));

	private static final String RETIRED = "concertina_retired_wide_001_n";

	private final Change change = change(ChangeColumnType.of("t", "n", "bigint"));

	private final TestDatabase db;

	private final Application application;

	RetiredColumnIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, SOAKING, this.change);
	}

	@Test
	void followsWhatIsWritten() {
		retire();
		this.db.execute("UPDATE t SET n = 7 WHERE id = 1", "INSERT INTO t (id, n) VALUES (3, 9)",
				"INSERT INTO t (id) VALUES (4)",
				"INSERT INTO t (id, n) VALUES (5, 9) ON CONFLICT (n) DO UPDATE SET n = 10");
		assertThat(values("n")).containsExactly("1 7", "2 20", "3 10", "4 5").isEqualTo(values(RETIRED));
		assertThat(type("n")).isEqualTo("bigint");
	}

	@Test
	void refusesWhatItCannotHoldUntilTheDrop() {
		retire();
		String large = "UPDATE t SET n = 3000000000 WHERE id = 1";
		assertThatException().isThrownBy(() -> this.db.execute(large)).withMessageContaining("out of range");
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
		this.db.execute(large, "INSERT INTO t (id) VALUES (3)");
		assertThat(values("n")).containsExactly("1 3000000000", "2 20", "3 5");
	}

	@Test
	void comesBackAndIsFollowedAgain() {
		retire();
		this.db.execute("UPDATE t SET n = 7 WHERE id = 1");
		this.application.concertina().steering().unretire(this.change.id(), "test", "it is needed after all");
		this.application.run(this.change);
		assertThat(type("n")).isEqualTo("integer");
		this.db.execute("UPDATE t SET n = 8 WHERE id = 2", "INSERT INTO t (id) VALUES (3)");
		assertThat(values("n")).containsExactly("1 7", "2 8", "3 5");
		this.application.concertina().steering().resume(this.change.id(), "test");
		assertThat(this.application.run(this.change).contract(this.change).status(this.change).state().status())
			.isEqualTo(Status.RETIRED);
		assertThat(values("n")).containsExactly("1 7", "2 8", "3 5").isEqualTo(values(RETIRED));
	}

	@Test
	void comesBackRoundedAndIsRepaired() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, n numeric(10,2))", "INSERT INTO t VALUES (1, 1.5)");
		Change exact = change(ChangeColumnType.of("t", "n", "numeric(12,4)"));
		Application rounding = Application.of(this.db, SOAKING, exact).start().contract(exact);
		this.db.execute("UPDATE t SET n = 1.2345");
		rounding.concertina().steering().unretire(exact.id(), "test", "it is needed after all");
		rounding.run(exact).concertina().steering().resume(exact.id(), "test");
		assertThat(values("n")).containsExactly("1 1.23");
		rounding.concertina().steering().verify(exact.id(), "test");
		assertThat(rounding.run(exact).status(exact).state().status()).isEqualTo(Status.FAILED);
		rounding.concertina().steering().repair(exact.id(), "test");
		assertThat(rounding.run(exact).contract(exact).status(exact).state().status()).isEqualTo(Status.RETIRED);
		assertThat(values("n")).containsExactly("1 1.2300");
	}

	@Test
	void followsByAnExpressionOverWhatIsWritten() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, n int, unit int NOT NULL)",
				"INSERT INTO t VALUES (1, 5, 100)");
		Change cents = change(new ChangeColumnType(TableName.of("t"), ColumnName.of("n"), null, SqlType.of("bigint"),
				SqlExpression.of("n * unit"), SqlExpression.of("n / unit"), null));
		Application application = Application.of(this.db, SOAKING, cents).start().contract(cents);
		assertThat(values("n")).containsExactly("1 500");
		this.db.execute("UPDATE t SET n = 700", "UPDATE t SET unit = 10",
				"INSERT INTO t (id, n, unit) VALUES (2, 8, 2)");
		application.concertina().steering().unretire(cents.id(), "test", "it is needed after all");
		application.run(cents);
		assertThat(values("n")).containsExactly("1 70", "2 4");
	}

	@Test
	void keepsItsKeysUntilTheDrop() {
		createTable();
		Change key = change(ChangeColumnType.of("t", "other", "bigint"));
		Application application = Application.of(this.db, SOAKING, key).start().contract(key);
		this.db.execute("INSERT INTO o VALUES (1)", "UPDATE t SET other = 1 WHERE id = 1", "UPDATE o SET id = 2");
		assertThat(values("other")).containsExactly("1 2", "2");
		application.concertina().steering().unretire(key.id(), "test", "it is needed after all");
		application.run(key);
		this.db.execute("UPDATE o SET id = 3");
		assertThat(values("other")).containsExactly("1 3", "2");
		assertThatException().isThrownBy(() -> this.db.execute("UPDATE t SET other = 4 WHERE id = 1"))
			.withMessageContaining("t_other_fkey");
	}

	@Test
	void isDroppedAtOnceWhereNoCastLeadsBack() {
		createTable();
		assertThat(plan(new ChangeColumnType(TableName.of("t"), ColumnName.of("n"), null, SqlType.of("bigint"),
				SqlExpression.of("n * 100"), null, null))
			.notes())
			.anyMatch((note) -> note.endsWith("no cast gives its value from the new one, and 'down' is not given."));
	}

	private void createTable() {
		this.db.execute("CREATE TABLE o (id int PRIMARY KEY)", """
				CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 5 CONSTRAINT positive CHECK (n > 0),
				                other int REFERENCES o ON UPDATE CASCADE, CONSTRAINT once UNIQUE (n))""",
				"CREATE INDEX small ON t (n) WHERE n < 10", "INSERT INTO t VALUES (1, 10), (2, 20)");
	}

	private void retire() {
		createTable();
		this.application.start().contract(this.change);
		assertThat(this.application.status(this.change).state().status()).isEqualTo(Status.RETIRED);
	}

	private Plan plan(Operation operation) {
		return Application.of(this.db).concertina().dryRun(List.of(Definition.of(change(operation)))).get(0).plan();
	}

	private static Change change(Operation operation) {
		return Change.version("1", "wide").operation(operation).build();
	}

	private List<String> values(String column) {
		return this.db.jdbc()
			.sql("SELECT concat_ws(' ', id, %s) FROM t ORDER BY id".formatted(column))
			.query((row, number) -> row.getString(1))
			.list();
	}

	private String type(String column) {
		return this.db.jdbc()
			.sql("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = ?")
			.param(column)
			.query(String.class)
			.single();
	}

}
