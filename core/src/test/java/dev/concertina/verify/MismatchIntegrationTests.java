package dev.concertina.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.Mismatch;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class MismatchIntegrationTests {

	private static final State FAILED = new State(Phase.VERIFY, Status.FAILED);

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final TestDatabase db;

	MismatchIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void keepsAChangeFromItsContractWhateverSomebodyApproves(Example example) {
		Application application = compared(example, "");
		example.plantMismatch(this.db);
		compareAgain(application, example.change());
		assertThat(application.status(example.change()).state()).isEqualTo(FAILED);
		assertThat(application.status(example.change()).reason()).contains("1 of ", "not equal");
		assertThat(application.concertina().mismatches(example.change().id(), 10)).singleElement()
			.extracting(Mismatch::key)
			.isEqualTo("20");
		application.contract(example.change());
		assertThat(application.status(example.change()).state()).isEqualTo(FAILED);
		assertThat(example.written(this.db)).as("the old structure").isNotEmpty();
	}

	@Test
	void isTakenAwayByACorrectionAndAResume() {
		Application application = compared(Example.RENAME_COLUMN, "UPDATE line SET amount = 1 WHERE id = 20");
		Change change = Example.RENAME_COLUMN.change();
		steering(application).resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).as("without a correction").isEqualTo(FAILED);
		this.db.execute("UPDATE line SET price = 20, amount = 20 WHERE id = 20");
		steering(application).resume(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(application.concertina().mismatches(change.id(), 10)).isEmpty();
		assertThat(application.contract(change).status(change).state()).isEqualTo(COMPLETED);
	}

	@Test
	void isTakenAwayByACorrectionAndAComparison() {
		Application application = compared(Example.EXTRACT_JSON_ARRAY, "DELETE FROM item WHERE line_id = 20");
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		this.db.execute("UPDATE line SET items = '[{\"sku\": \"T20\", \"qty\": 1}]' WHERE id = 20");
		steering(application).verify(change.id(), "ada");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(application.contract(change).status(change).state()).isEqualTo(COMPLETED);
	}

	@Test
	void isAValueThatDiffers() {
		assertMismatch(Example.RENAME_COLUMN, "UPDATE line SET amount = 1 WHERE id = 20", "public.line", "different");
	}

	@Test
	void isAValueThatIsMissing() {
		assertMismatch(Example.CHANGE_COLUMN_TYPE, "UPDATE line SET cents = NULL WHERE id = 20", "public.line",
				"missing");
	}

	@Test
	void isARowOfAnElementThatIsMissing() {
		assertMismatch(Example.EXTRACT_JSON_ARRAY, "DELETE FROM item WHERE line_id = 20", "public.line", "missing");
	}

	@Test
	void isARowOfAnElementThatDiffers() {
		assertMismatch(Example.EXTRACT_JSON_ARRAY, "UPDATE item SET quantity = 0 WHERE line_id = 20", "public.line",
				"different");
	}

	@Test
	void isARowOfAnElementTooMany() {
		assertMismatch(Example.EXTRACT_JSON_ARRAY, "INSERT INTO item VALUES (20, 2, 'x', 1)", "public.line",
				"different");
	}

	@Test
	void isARowOfAnElementWithoutParent() {
		Application application = compared(Example.EXTRACT_JSON_ARRAY, "INSERT INTO item VALUES (999, 1, 'x', 1)");
		assertThat(application.concertina().mismatches(Example.EXTRACT_JSON_ARRAY.change().id(), 10))
			.containsExactly(new Mismatch("public.item", "999, 1", "extra"));
	}

	private void assertMismatch(Example example, String statement, String table, String kind) {
		Application application = compared(example, statement);
		assertThat(application.concertina().mismatches(example.change().id(), 10))
			.containsExactly(new Mismatch(table, "20", kind));
	}

	/**
	 * Brings a change to its gate, writes behind the back of the triggers, and compares.
	 */
	private Application compared(Example example, String statement) {
		example.createTable(this.db);
		Application application = Halt.AT_THE_GATE.bring(example.change(), this.db);
		assertThat(application.status(example.change()).state()).isEqualTo(State.running(Phase.CONTRACT));
		if (!statement.isEmpty()) {
			this.db.execute("BEGIN; SET LOCAL session_replication_role = replica; %s; COMMIT".formatted(statement));
			compareAgain(application, example.change());
			assertThat(application.status(example.change()).state()).isEqualTo(FAILED);
		}
		return application;
	}

	private static void compareAgain(Application application, Change change) {
		steering(application).verify(change.id(), "ada");
		application.run(change);
	}

	private static Steering steering(Application application) {
		return application.concertina().steering();
	}

}
