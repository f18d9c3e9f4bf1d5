package dev.concertina.execute;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class BlockedContractIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final State CONTRACTING = new State(Phase.CONTRACT, Status.CONTRACTING);

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final Change rename = Change.version("1", "rename_mail")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private final TestDatabase db;

	BlockedContractIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void goToTheGate() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text, name text)")
			.withRows("customer", 100, "n, 'mail' || n");
		Application.of(this.db, this.rename).start().run(this.rename);
	}

	@Test
	void staysContractingWithoutStallingTheApplicationAndCompletesLater() {
		Session report = idleInTransaction();
		Application application = Application.of(this.db, options(1500), this.rename);
		try (Traffic traffic = Traffic.on(this.db, TIMEOUT.plusMillis(100), "SELECT name FROM customer WHERE id = 1",
				"UPDATE customer SET name = 'x' WHERE id = 2")) {
			application.contract(this.rename);
			assertThat(application.status(this.rename).state()).isEqualTo(CONTRACTING);
			assertThat(this.db.table("customer")).hasColumns("id", "mail", "name", "email");
			assertThat(traffic.awaitMore(20).failures()).isEmpty();
		}
		report.commit();
		assertThat(application.run(this.rename).status(this.rename).state()).isEqualTo(COMPLETED);
		assertThat(this.db.table("customer")).hasColumns("id", "name", "email").hasNoTrigger();
	}

	@Test
	void completesInTheBackgroundOnceTheSessionIsGone() {
		Session report = idleInTransaction();
		Application application = Application.of(this.db, options(500).withPoll(Duration.ofMillis(50)), this.rename);
		application.concertina().steering().approve(this.rename.id(), "test");
		application.concertina().start();
		Patience.await().until(() -> application.status(this.rename).state().equals(CONTRACTING));
		report.commit();
		Patience.await().until(() -> application.status(this.rename).state().equals(COMPLETED));
		assertThat(application.concertina().stop(Duration.ofSeconds(10))).isTrue();
	}

	private Session idleInTransaction() {
		Session session = this.db.session("nightly report").begin();
		session.value("SELECT sum(id)::bigint FROM customer", Long.class);
		return session;
	}

	private static ConcertinaOptions options(long budget) {
		return ConcertinaOptions.defaults()
			.withLocks(new LockOptions(TIMEOUT, Duration.ofMillis(budget), Duration.ofSeconds(60)));
	}

}
