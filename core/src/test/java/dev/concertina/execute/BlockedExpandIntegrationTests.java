package dev.concertina.execute;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationListener;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class BlockedExpandIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String SHORT_WORK = "BEGIN; UPDATE customer SET name = name WHERE id = 3; SELECT pg_sleep(0.4); COMMIT";

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final Change rename = Change.version("1", "rename_mail")
		.operation(RenameColumn.of("customer", "mail", "email"))
		.build();

	private final TestDatabase db;

	BlockedExpandIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text, name text)")
			.withRows("customer", 100, "n, 'mail' || n");
		Application.of(this.db).start();
	}

	@Test
	void givesUpWithinItsBudgetAndNamesTheSessionThatHoldsTheTable() {
		Session report = idleInTransaction();
		long start = System.nanoTime();
		assertThatExceptionOfType(LockNotGrantedException.class).isThrownBy(() -> tryFor(1500, PATIENCE).start())
			.satisfies((ex) -> assertThat(ex.blockers()).singleElement().satisfies((blocker) -> {
				assertThat(blocker.pid()).isEqualTo(report.pid());
				assertThat(blocker.application()).isEqualTo("nightly report");
				assertThat(blocker.state()).isEqualTo("idle in transaction");
				assertThat(blocker.age()).isPositive();
				assertThat(blocker.query()).contains("sum(id)");
			}))
			.withMessageContainingAll("rename_mail", "customer", "nightly report", "sum(id)");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1500),
				Duration.ofSeconds(15));
		assertThat(this.events).hasAtLeastOneElementOfType(MigrationEvent.LockTimedOut.class);
	}

	@Test
	void letsNoStatementOfTheApplicationWaitForLongerThanItsLockTimeout() {
		idleInTransaction();
		try (Traffic traffic = Traffic.on(this.db, TIMEOUT.plusMillis(100), "SELECT name FROM customer WHERE id = 1",
				"UPDATE customer SET name = 'x' WHERE id = 2")) {
			assertThatExceptionOfType(LockNotGrantedException.class).isThrownBy(() -> tryFor(1500, PATIENCE).start());
			assertThat(traffic.awaitMore(20).failures()).isEmpty();
		}
	}

	@Test
	void leavesNothingHalfDoneAndStartsLater() {
		Memory before = Memory.of(this.db);
		Session report = idleInTransaction();
		assertThatExceptionOfType(LockNotGrantedException.class).isThrownBy(() -> tryFor(700, PATIENCE).start());
		assertThat(Memory.of(this.db)).isEqualTo(before);
		report.commit();
		assertThat(tryFor(20_000, PATIENCE).start().status(this.rename).state())
			.isEqualTo(State.running(Phase.BACKFILL));
	}

	@Test
	void succeedsWhenTheSessionEndsMeanwhile() {
		Session report = idleInTransaction();
		Application application = tryFor(20_000, PATIENCE, (event) -> report.commit());
		assertThat(application.start().status(this.rename).state()).isEqualTo(State.running(Phase.BACKFILL));
		assertThat(this.events).hasOnlyElementsOfType(MigrationEvent.LockTimedOut.class).hasSize(1);
	}

	@Test
	void asksForLessTimeAtFirst() {
		Session report = idleInTransaction();
		Application application = tryFor(20_000, PATIENCE, (event) -> report.commit());
		try (Traffic traffic = Traffic.on(this.db, TIMEOUT.dividedBy(2), "SELECT name FROM customer WHERE id = 1",
				"UPDATE customer SET name = 'x' WHERE id = 2")) {
			application.start();
			assertThat(traffic.awaitMore(20).failures()).isEmpty();
		}
	}

	@Test
	void leavesThoseWhoQueuedUpBehindItMoreTimeThanItTookFromThem() {
		Session report = idleInTransaction();
		List<Long> failed = new CopyOnWriteArrayList<>();
		Application application = tryFor(20_000, PATIENCE, (event) -> {
			failed.add(System.nanoTime());
			if (failed.size() == 5) {
				report.commit();
			}
		});
		application.start();
		assertThat(failed).hasSize(5);
		assertThat(Duration.ofNanos(failed.get(4) - failed.get(3))).isGreaterThanOrEqualTo(TIMEOUT.multipliedBy(2));
	}

	@Test
	void asksForNoLockWhileATransactionThatIsOpenForLongHoldsTheTable() {
		Session report = idleInTransaction();
		Application application = tryFor(20_000, Duration.ofMillis(1));
		try (Traffic traffic = Traffic.on(this.db, Duration.ofMillis(100), "SELECT name FROM customer WHERE id = 1")) {
			CompletableFuture<Application> started = CompletableFuture.supplyAsync(application::start);
			Patience.await().until(this::looksForBlockers);
			traffic.awaitMore(50);
			assertThat(started).isNotDone();
			report.commit();
			started.join();
			assertThat(traffic.failures()).isEmpty();
		}
		assertThat(application.status(this.rename).state()).isEqualTo(State.running(Phase.BACKFILL));
		assertThat(this.events).isEmpty();
	}

	@Test
	void getsItsLockBetweenShortTransactionsThatNeverLeaveTheTableAlone() {
		try (Traffic traffic = Traffic.on(this.db, TIMEOUT.plusMillis(100), SHORT_WORK.replace("= 3", "= 4"),
				SHORT_WORK.replace("= 3", "= 5"), SHORT_WORK)) {
			tryFor(25_000, Duration.ofSeconds(1)).start();
			assertThat(traffic.failures()).isEmpty();
		}
	}

	private Session idleInTransaction() {
		Session session = this.db.session("nightly report").begin();
		session.value("SELECT sum(id)::bigint FROM customer", Long.class);
		return session;
	}

	private boolean looksForBlockers() {
		return this.db.jdbc()
			.sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE '%pg_locks%')")
			.query(Boolean.class)
			.single();
	}

	private Application tryFor(long milliseconds, Duration patience, MigrationListener... more) {
		LockOptions locks = new LockOptions(TIMEOUT, Duration.ofMillis(milliseconds), patience);
		return Application.with(this.db, ConcertinaOptions.defaults().withLocks(locks), (builder) -> {
			builder.listener(this.events::add);
			List.of(more).forEach(builder::listener);
		}, this.rename);
	}

}
