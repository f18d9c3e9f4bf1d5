package dev.concertina.contract;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.execute.LockOptions;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.FleetOptions;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Member;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A change whose contract was let through, and waits for a lock since.
 */
@PostgresTest
class AwaitedDropIntegrationTests {

	private static final State CONTRACTING = new State(Phase.CONTRACT, Status.CONTRACTING);

	private static final ConcertinaOptions OPTIONS = ConcertinaOptions.defaults()
		.withLocks(new LockOptions(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(60)));

	private final Change change = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final Heartbeat old;

	AwaitedDropIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)").withRows("line", 10, "n, n");
		Member member = new Member("old", "shop", "1.4", Set.of("shop old"), Set.of(), Set.of(), Set.of());
		this.old = new Heartbeat(Fleet.of(db.dataSource(), FleetOptions.defaults()), () -> member);
	}

	@AfterEach
	void leave() {
		this.old.stop();
	}

	@Test
	void isNotMadeUnderAnInstanceThatHasCome() {
		Application application = application(OPTIONS.withSoak(Duration.ofDays(1)));
		Session reader = awaitDrop(application);
		this.old.start();
		reader.commit();
		assertThat(application.run(this.change).status(this.change).state()).isEqualTo(CONTRACTING);
		assertThat(objections(application)).singleElement()
			.asString()
			.startsWith("1 of 1 instances do not know change 'rename_price'");
		assertThat(this.db.table("line")).hasColumns("id", "concertina_retired_rename_price_001_price", "amount");
		this.old.stop();
		assertThat(application.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
	}

	@Test
	void isGivenUpByAPerson() {
		Application application = application(OPTIONS.withSoak(Duration.ofDays(1)));
		Session reader = awaitDrop(application);
		application.concertina().missed().look("ERROR: column \"price\" does not exist", "report");
		assertThat(application.concertina().history(this.change.id())).filteredOn("actor", "report").hasSize(1);
		application.concertina().steering().unretire(this.change.id(), "test", "somebody needs it");
		reader.commit();
		assertThat(application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount");
	}

	/** What nothing was taken of can be compared again, and stopped. */
	@Test
	void standsBeforeTheGateAgainWhileAllIsInSight() {
		Application application = application(OPTIONS);
		application.start().run(this.change);
		Session reader = this.db.session("reader").begin().execute("SELECT * FROM line");
		application.contract(this.change);
		assertThat(application.status(this.change).state()).isEqualTo(CONTRACTING);
		assertThatExceptionOfType(RefusedTransitionException.class).isThrownBy(
				() -> application.concertina().steering().unretire(this.change.id(), "test", "nothing is gone"));
		this.old.start();
		reader.commit();
		assertThat(application.run(this.change).status(this.change).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(application.status(this.change).reason()).startsWith("1 of 1 instances do not know");
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount");
		this.old.stop();
		assertThat(application.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
	}

	private Application application(ConcertinaOptions options) {
		return Application.with(this.db, options,
				(builder) -> builder.condition(GateCondition.instancesReady(new Approvals(Set.of(), ""), Set.of())),
				this.change);
	}

	private Session awaitDrop(Application application) {
		application.start().run(this.change).contract(this.change);
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		Session reader = this.db.session("reader").begin().execute("SELECT * FROM line");
		assertThat(application.run(this.change).status(this.change).state()).isEqualTo(CONTRACTING);
		return reader;
	}

	private List<String> objections(Application application) {
		return application.status(this.change).objections().stream().map(Objection::problem).toList();
	}

}
