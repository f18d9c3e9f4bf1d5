package dev.concertina;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class SteeringIntegrationTests {

	private final Change rename = Change.version("1", "rename")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private final TestDatabase db;

	private final Application application;

	private final Steering steering;

	SteeringIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)")
			.withRows("customer", 10, "n, n");
		this.application = Application.of(db, this.rename);
		this.steering = this.application.concertina().steering();
	}

	@BeforeEach
	void findsAMismatch() {
		this.application.start().run(this.rename);
		this.db.execute(
				"BEGIN; SET LOCAL concertina.batch = 'rename'; UPDATE customer SET email = 'x' WHERE id = 7; COMMIT");
		this.steering.verify(this.rename.id(), "ada");
		this.application.run(this.rename);
		assertThat(state()).isEqualTo(new State(Phase.VERIFY, Status.FAILED));
	}

	@Test
	void comparesAgainWhatHasFailed() {
		this.db.execute("UPDATE customer SET email = 'right' WHERE id = 7");
		this.steering.verify(this.rename.id(), "ada");
		assertThat(this.application.run(this.rename).status(this.rename).verdict())
			.hasValueSatisfying((verdict) -> assertThat(verdict.rows()).isEqualTo(10));
		assertThat(state()).isEqualTo(State.running(Phase.CONTRACT));
	}

	@Test
	void doesNotStartAComparisonThatGoesOn() {
		this.steering.verify(this.rename.id(), "ada");
		assertRefused(new State(Phase.VERIFY, Status.RUNNING));
	}

	@Test
	void doesNotWakeAChangeThatWasRolledBack() {
		this.steering.rollBack(this.rename.id(), "ada", "we changed our minds");
		assertRefused(new State(Phase.VERIFY, Status.ROLLING_BACK));
		this.application.run(this.rename);
		assertRefused(new State(Phase.VERIFY, Status.ROLLED_BACK));
	}

	private void assertRefused(State state) {
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.steering.verify(this.rename.id(), "ada"))
			.withMessageContaining("verified");
		assertThat(state()).isEqualTo(state);
	}

	private State state() {
		return this.application.status(this.rename).state();
	}

}
