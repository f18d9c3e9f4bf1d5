package dev.concertina.operation;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Constraints on rows that violate them, and while others write.
 */
@PostgresTest
class ConstraintsIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private static final State FOUND = new State(Phase.VERIFY, Status.FAILED);

	private final TestDatabase db;

	ConstraintsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTables() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, state text CONSTRAINT known CHECK (state <> ''))",
				"CREATE TABLE line (order_id bigint, number int, quantity int)",
				"INSERT INTO orders SELECT n, 's' FROM generate_series(1, 20) n",
				"INSERT INTO line SELECT n, 1, n FROM generate_series(1, 20) n");
	}

	@Test
	void findARowWithoutParent() {
		assertFoundAndCorrected(AddForeignKey.of("line", "order_id", "orders"),
				"INSERT INTO line VALUES (77, 1, 1), (NULL, 1, 1)", "DELETE FROM line WHERE order_id = 77", "extra");
	}

	@Test
	void findARowThatViolatesACheck() {
		assertFoundAndCorrected(AddCheck.of("line", "some", "quantity > 0"),
				"INSERT INTO line VALUES (1, 2, 0), (1, 3, NULL)", "DELETE FROM line WHERE quantity = 0", "different");
	}

	@Test
	void findARowWithoutKey() {
		assertFoundAndCorrected(AddPrimaryKey.of("line", "order_id", "number"), "INSERT INTO line VALUES (1, NULL, 0)",
				"DELETE FROM line WHERE number IS NULL", "missing");
	}

	@Test
	void failByADuplicateKeyAndGoOnWithoutIt() {
		this.db.execute("INSERT INTO line VALUES (1, 1, 0)");
		Change change = change(AddPrimaryKey.of("line", "order_id", "number"));
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.FAILED));
		assertThat(application.status(change).reason()).contains("Key (order_id, number)=(1, 1) is duplicated");
		this.db.execute("INSERT INTO line VALUES (1, 1, 0)", "DELETE FROM line WHERE quantity = 0");
		application.concertina().steering().resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).isEqualTo(COMPLETED);
		assertThat(definition("line_pkey")).isEqualTo("PRIMARY KEY (order_id, number)");
	}

	@Test
	void areValidatedBesideReadsAndWrites() {
		this.db.execute("INSERT INTO line SELECT n % 20 + 1, n, 1 FROM generate_series(2, 100000) n");
		Change change = Change.version("1", "change")
			.operation(AddForeignKey.of("line", "order_id", "orders").onDelete(ReferentialAction.CASCADE))
			.operation(AddCheck.of("line", "some", "quantity > 0"))
			.build();
		Application application = Application.of(this.db, change).start();
		try (Traffic traffic = Traffic.on(this.db, Duration.ofMillis(600), "SELECT FROM line WHERE number = 5",
				"UPDATE orders SET state = 'x' WHERE id = 2", "INSERT INTO line VALUES (3, -1, 1)")) {
			application.run(change).contract(change);
			assertThat(application.status(change).state()).as("%s", application.status(change)).isEqualTo(COMPLETED);
			assertThat(traffic.failures()).isEmpty();
		}
		assertThat(definition("line_order_id_fkey"))
			.isEqualTo("FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE");
		assertThat(definition("some")).isEqualTo("CHECK ((quantity > 0))");
	}

	@Test
	void thatWereDroppedComeBackWithARollback() {
		Change change = change(DropConstraint.of("orders", "known"));
		Application application = Application.of(this.db, change).start();
		this.db.execute("INSERT INTO orders VALUES (21, '')");
		application.concertina().steering().rollBack(change.id(), "ada", "wrong");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLBACK_FAILED);
		assertThat(application.status(change).reason()).contains("known", "is violated by some row");
		this.db.execute("DELETE FROM orders WHERE id = 21");
		application.concertina().steering().resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
		assertThat(definition("known")).isEqualTo("CHECK ((state <> ''::text))");
	}

	private void assertFoundAndCorrected(Operation operation, String violation, String correction, String difference) {
		this.db.execute(violation);
		Change change = change(operation);
		Application application = Application.of(this.db, change).start().run(change).contract(change);
		assertThat(application.status(change).state()).isEqualTo(FOUND);
		assertThat(application.concertina().mismatches(change.id(), 10)).singleElement()
			.satisfies((mismatch) -> assertThat(mismatch.kind()).isEqualTo(difference));
		this.db.execute(correction);
		application.concertina().steering().resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).as("%s", application.status(change))
			.isEqualTo(COMPLETED);
	}

	private String definition(String constraint) {
		return this.db.jdbc()
			.sql("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ?")
			.param(constraint)
			.query(String.class)
			.single();
	}

	private static Change change(Operation operation) {
		return Change.version("1", "change").operation(operation).build();
	}

}
