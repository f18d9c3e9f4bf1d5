package dev.concertina.contract;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Approvals that come with a release.
 */
@PostgresTest
class ApprovalsIntegrationTests {

	private static final String RELEASE = "a release";

	private final Change change = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final Application application;

	private final Steering steering;

	ApprovalsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.with(db, ConcertinaOptions.defaults().withSoak(Duration.ofDays(1)),
				(builder) -> builder.approved(Set.of(this.change.id()), RELEASE), this.change);
		this.steering = this.application.concertina().steering();
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)").withRows("line", 10, "n, n");
		this.application.start();
	}

	@Test
	void areNotGivenAgainBeforeTheChangeIsResumed() {
		this.application.run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
		this.steering.unretire(this.change.id(), "ada", "somebody needs it");
		this.application.run(this.change).run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		assertThat(this.application.status(this.change).approvedBy()).isNull();
		this.steering.resume(this.change.id(), "ada");
		this.application.run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
	}

	@Test
	void giveWayToThatOfAPerson() {
		this.application.run(this.change);
		assertThat(this.application.status(this.change).approvedBy()).isEqualTo(RELEASE);
		assertThat(this.steering.approve(this.change.id(), "ada")).isTrue();
		assertThat(this.steering.approve(this.change.id(), "bob")).isFalse();
		this.application.run(this.change);
		assertThat(this.application.status(this.change).approvedBy()).isEqualTo("ada");
		assertThat(this.application.concertina().history(this.change.id())).filteredOn("reason", "contract approved")
			.extracting(LogEntry::actor)
			.containsExactly(RELEASE, "ada");
	}

	private State state() {
		return this.application.status(this.change).state();
	}

}
