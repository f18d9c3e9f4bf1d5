package dev.concertina.testing;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@PostgresTest(settings = "deadlock_timeout=20ms")
class InterleavingIntegrationTests {

	private static final String REMEMBER_BALANCE = """
			SELECT set_config('test.balance', balance::text, false)
			  FROM account
			 WHERE id = 1""";

	private static final String BOOK_ONE = """
			UPDATE account
			   SET balance = current_setting('test.balance')::int + 1
			 WHERE id = 1""";

	private static final List<Step> CARELESS = Step.script("BEGIN; " + REMEMBER_BALANCE, BOOK_ONE, "COMMIT");

	private static final List<Step> CAREFUL = Step.script("BEGIN; " + REMEMBER_BALANCE + " FOR UPDATE", BOOK_ONE,
			"COMMIT");

	private final TestDatabase db;

	InterleavingIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE account (id int PRIMARY KEY, balance int)",
				"INSERT INTO account VALUES (1, 0), (2, 0)");
	}

	static Stream<Interleaving> careless() {
		return Interleavings.of(CARELESS, CARELESS);
	}

	static Stream<Interleaving> careful() {
		return Interleavings.of(CAREFUL, CAREFUL);
	}

	@ParameterizedTest
	@MethodSource("careless")
	void losesAnUpdateUnlessOneSessionReadsAfterTheOtherHasCommitted(Interleaving order) {
		Outcome outcome = order.run(this.db.session("A"), this.db.session("B"));

		boolean serial = order.toString().startsWith("A1 A2 A3") || order.toString().startsWith("B1 B2 B3");
		assertThat(balance()).as("%s", outcome).isEqualTo(serial ? 2 : 1);
	}

	@ParameterizedTest
	@MethodSource("careful")
	void keepsBothUpdatesIfTheRowIsLockedAtTheRead(Interleaving order) {
		Outcome outcome = order.run(this.db.session("A"), this.db.session("B"));

		assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
		assertThat(balance()).as("%s", outcome).isEqualTo(2);
	}

	@Test
	void leavesAWaitingStepPendingUntilTheOtherSessionCommits() {
		Outcome outcome = order("A1 A2 B1 B2 B3 A3", CARELESS, CARELESS).run(this.db.session("A"),
				this.db.session("B"));

		assertThat(outcome).hasToString("A1 A2 B1 A3 B2(waited) B3");
		assertThat(outcome.step("B2").waited()).isTrue();
	}

	@Test
	void reportsADeadlockAndLetsTheOtherSessionFinish() {
		List<Step> upwards = Step.script("BEGIN; UPDATE account SET balance = 1 WHERE id = 1",
				"UPDATE account SET balance = 1 WHERE id = 2", "COMMIT");
		List<Step> downwards = Step.script("BEGIN; UPDATE account SET balance = 2 WHERE id = 2",
				"UPDATE account SET balance = 2 WHERE id = 1", "COMMIT");

		Outcome outcome = order("A1 B1 A2 B2 A3 B3", upwards, downwards).run(this.db.session("A"),
				this.db.session("B"));

		assertThat(outcome.deadlocked()).as("%s", outcome).isTrue();
		assertThat(outcome.succeeded()).isFalse();
		assertThat(Stream.of("A3", "B3").map(outcome::step).filter(StepResult::succeeded)).hasSize(1);
	}

	@Test
	void refusesAScriptThatKeepsTheOtherOneWaitingForEver() {
		List<Step> withoutCommit = CARELESS.subList(0, 2);

		assertThatIllegalStateException().isThrownBy(
				() -> order("A1 A2 B1 B2 B3", withoutCommit, CARELESS).run(this.db.session("A"), this.db.session("B")))
			.withMessageContaining("After A1 A2 B1 a step still waits for a session that has no step left");
	}

	private static Interleaving order(String name, List<Step> a, List<Step> b) {
		return Interleavings.of(a, b).filter((order) -> order.toString().equals(name)).findFirst().orElseThrow();
	}

	private int balance() {
		return this.db.jdbc().sql("SELECT balance FROM account WHERE id = 1").query(Integer.class).single();
	}

}
