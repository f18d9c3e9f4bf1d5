package dev.concertina.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.fleet.Fleet;
import dev.concertina.fleet.FleetOptions;
import dev.concertina.fleet.Heartbeat;
import dev.concertina.fleet.Member;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Changes whose two structures the application writes: here by hand.
 */
@PostgresTest
class KeptByApplicationIntegrationTests {

	private static final State DUAL_WRITE = State.running(Phase.DUAL_WRITE);

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final State CONTRACTING = new State(Phase.CONTRACT, Status.CONTRACTING);

	/** Batches of ten rows, and little time for locks. */
	private static final ConcertinaOptions OPTIONS = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(1, Duration.ofMillis(100), 10, Duration.ZERO))
		.withLocks(new LockOptions(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(60)));

	private final Change change = Change.version("1", "rename_price")
		.keptBy(KeptBy.APPLICATION)
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final Application application;

	private final List<Heartbeat> instances = new ArrayList<>();

	KeptByApplicationIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, OPTIONS, this.change);
	}

	@AfterEach
	void leave() {
		this.instances.forEach(Heartbeat::stop);
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text, pad text)")
			.withRows("line", 100, "n, n, ''");
	}

	@Test
	void haveNoTriggers() {
		this.application.start();
		assertThat(state()).isEqualTo(DUAL_WRITE);
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad", "amount").hasNoTrigger();
		this.application.run(this.change);
		assertThat(state()).isEqualTo(AT_THE_GATE);
		assertThat(differing()).isZero();
		this.application.contract(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.table("line")).hasColumns("id", "pad", "amount").hasNoTrigger();
	}

	@Test
	void areRefusedWithoutAKeyBeforeAnythingIsTouched() {
		this.db.execute("ALTER TABLE line DROP CONSTRAINT line_pkey");
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(this.application::start)
			.withMessageContaining("Table public.line has no primary key");
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad");
	}

	/** It may write the old structure alone, as its version did so when it began. */
	@Test
	void waitForTransactionsThatHaveBegunBefore() {
		this.application.start();
		Session earlier = this.db.session("earlier").begin().execute("SELECT");
		this.application.run(this.change);
		Session later = this.db.session("later").begin().execute("SELECT");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(DUAL_WRITE);
		assertThat(problems()).singleElement()
			.asString()
			.startsWith("1 transactions have begun before ")
			.contains("%d of 'earlier' since ".formatted(earlier.pid()));
		earlier.execute("INSERT INTO line (id, price) VALUES (0, 'late')").commit();
		this.application.run(this.change);
		assertThat(state()).isEqualTo(AT_THE_GATE);
		later.commit();
		assertThat(this.db.jdbc().sql("SELECT amount FROM line WHERE id = 0").query(String.class).single())
			.isEqualTo("late");
	}

	@Test
	void waitForInstancesThatWriteTheOldStructureAlone() {
		Fleet fleet = Fleet.of(this.db.dataSource(), FleetOptions.defaults());
		Application guarded = Application.with(this.db, OPTIONS,
				(builder) -> builder.condition(GateCondition.instancesRoute(Set.of())), this.change);
		guarded.start();
		Heartbeat old = join("old", Set.of());
		join("new", Set.of(this.change.id()));
		assertThat(guarded.run(this.change).status(this.change).state()).isEqualTo(DUAL_WRITE);
		assertThat(guarded.status(this.change).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.problem()).startsWith(
					"1 of 2 instances do not write both structures of change 'rename_price' yet: shop 1 (old, since "));
		old.stop();
		assertThat(guarded.run(this.change).status(this.change).state()).isEqualTo(AT_THE_GATE);
		assertThat(fleet.live()).singleElement().satisfies((live) -> assertThat(live.id()).isEqualTo("new"));
	}

	/** It has written the old structure alone, and nobody is left to tell of it. */
	@Test
	void areComparedAnewWhenAnInstanceHasTakenThePlaceOfAnother() {
		AtomicBoolean held = new AtomicBoolean(true);
		Application guarded = Application.with(this.db, OPTIONS,
				(builder) -> builder.condition(GateCondition.instancesRoute(Set.of()))
					.condition((candidate) -> held.get()
							? Optional.of(new Objection("It is Friday", "Wait for Monday.")) : Optional.empty()),
				this.change);
		guarded.start();
		join("first", Set.of(this.change.id()));
		guarded.contract(this.change);
		assertThat(guarded.status(this.change).state()).isEqualTo(AT_THE_GATE);
		Heartbeat old = join("old", Set.of());
		held.set(false);
		assertThat(guarded.run(this.change).status(this.change).state()).isEqualTo(AT_THE_GATE);
		assertThat(guarded.status(this.change).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.problem()).startsWith(
					"1 of 2 instances do not write both structures of change 'rename_price' yet: shop 1 (old, "));
		assertThat(comparisons()).as("as long as something objects").isOne();
		this.db.execute("UPDATE line SET price = 'by the old version' WHERE id = 1");
		old.stop();
		join("second", Set.of(this.change.id()));
		assertThat(guarded.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.VERIFY, Status.FAILED));
		guarded.concertina().steering().repair(this.change.id(), "test");
		assertThat(guarded.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
		assertThat(this.db.jdbc().sql("SELECT amount FROM line WHERE id = 1").query(String.class).single())
			.isEqualTo("by the old version");
	}

	@Test
	void areComparedAnewOnceSomebodySaysThatTheOldVersionIsGone() {
		this.application.start().run(this.change);
		assertThat(state()).isEqualTo(AT_THE_GATE);
		this.db.execute("UPDATE line SET price = 'by the old version' WHERE id = 1");
		this.application.contract(this.change);
		assertThat(state()).isEqualTo(new State(Phase.VERIFY, Status.FAILED));
	}

	/** A write that leaves both sides alone takes a row out of its block. */
	@Test
	void areCopiedByKeys() {
		this.db.execute("UPDATE line SET pad = repeat('x', 500)", "VACUUM FULL line");
		this.application.start();
		boolean[] moved = { false };
		Application moving = Application.with(this.db, OPTIONS, (builder) -> builder.throttle((change) -> {
			if (!moved[0]) {
				moved[0] = true;
				this.db.execute("UPDATE line SET pad = repeat('y', 500) WHERE id > 50");
			}
			return Pace.FULL;
		}), this.change);
		assertThat(moving.run(this.change).status(this.change).state()).isEqualTo(AT_THE_GATE);
		assertThat(moving.status(this.change).backfill().rows()).isEqualTo(100);
		assertThat(differing()).isZero();
	}

	/** It may write both, as the rule was when it began. */
	@Test
	void waitBeforeTheyDropWhatIsStillWritten() {
		this.application.start().run(this.change);
		Session writer = this.db.session("writer").begin().execute("SELECT");
		this.application.contract(this.change);
		assertThat(state()).isEqualTo(CONTRACTING);
		assertThat(problems()).singleElement().asString().contains("'writer'");
		writer.execute("UPDATE line SET price = 'both', amount = 'both' WHERE id = 1").commit();
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	/** From then on the application writes the new structure alone. */
	@Test
	void areNotRolledBackOnceTheOldStructureIsGivenUp() {
		this.application.start().run(this.change);
		Session writer = this.db.session("writer").begin().execute("SELECT");
		this.application.contract(this.change);
		assertThat(state()).isEqualTo(CONTRACTING);
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.application.concertina().steering().rollBack(this.change.id(), "test", "too late"));
		writer.commit();
	}

	@Test
	void waitBeforeTheyTakeTheNewStructureBack() {
		this.application.start().run(this.change);
		Session writer = this.db.session("writer").begin().execute("SELECT");
		this.application.concertina().steering().rollBack(this.change.id(), "test", "not wanted");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.ROLLING_BACK));
		writer.execute("UPDATE line SET price = 'both', amount = 'both' WHERE id = 1").commit();
		this.application.run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.ROLLED_BACK));
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad");
	}

	@Test
	void waitForTransactionsThatWerePrepared() {
		this.application.start();
		this.db.session("preparing")
			.begin()
			.execute("INSERT INTO line (id, price) VALUES (0, 'late')")
			.execute("PREPARE TRANSACTION 'late'");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(DUAL_WRITE);
		assertThat(problems()).singleElement().asString().contains("late of ");
		this.db.execute("COMMIT PREPARED 'late'");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(AT_THE_GATE);
		assertThat(differing()).isZero();
	}

	private State state() {
		return this.application.status(this.change).state();
	}

	private List<String> problems() {
		return this.application.status(this.change).objections().stream().map(Objection::problem).toList();
	}

	private long comparisons() {
		return this.db.jdbc().sql("SELECT count(*) FROM concertina.verdict").query(Long.class).single();
	}

	private long differing() {
		return this.db.jdbc()
			.sql("SELECT count(*) FROM line WHERE price IS DISTINCT FROM amount")
			.query(Long.class)
			.single();
	}

	private Heartbeat join(String id, Set<ChangeId> routes) {
		Member member = new Member(id, "shop", "1", Set.of("shop " + id), Set.of(this.change.id()), Set.of(), routes);
		Heartbeat heartbeat = new Heartbeat(Fleet.of(this.db.dataSource(), FleetOptions.defaults()), () -> member);
		heartbeat.start();
		this.instances.add(heartbeat);
		return heartbeat;
	}

}
