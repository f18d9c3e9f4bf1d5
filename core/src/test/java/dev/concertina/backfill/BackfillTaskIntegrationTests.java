package dev.concertina.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.Words.Shout;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.event.MigrationEvent;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Execution;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows that a task computes, from the first batch to the contract.
 */
@PostgresTest
class BackfillTaskIntegrationTests {

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final State END = new State(Phase.CONTRACT, Status.COMPLETED);

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final TestDatabase db;

	BackfillTaskIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		Words.createTable(this.db, 200);
	}

	@Test
	void computesEachRowOnce() {
		Application application = start(Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(Words.count(this.db, "shouted = upper(word) AND applied = 1")).isEqualTo(200);
		assertThat(application.status(Words.CHANGE).backfill().rows()).isEqualTo(200);
		application.contract(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(END);
		this.db.execute("UPDATE line SET word = 'later' WHERE id = 1");
		assertThat(Words.count(this.db, "id = 1 AND shouted = 'WORD 1'")).isEqualTo(1);
	}

	@Test
	void leavesRowsWithoutAnythingToComputeFromAlone() {
		this.db.execute("UPDATE line SET word = NULL WHERE id <= 20");
		Application application = start(Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(Words.count(this.db, "shouted IS NULL AND applied = 0")).isEqualTo(20);
	}

	@Test
	void keepsWhatTheNewVersionGives() {
		Application application = start(Words::shouted, Halt.OPTIONS);
		this.db.execute("UPDATE line SET word = 'new', shouted = 'own' WHERE id = 1",
				"UPDATE line SET shouted = 'own' WHERE id = 2",
				"INSERT INTO line (id, word, shouted) VALUES (1000, 'new', 'own')");
		application.run(Words.CHANGE);
		this.db.execute("UPDATE line SET word = 'newer', shouted = 'own' WHERE id = 3");
		application.contract(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(END);
		assertThat(Words.count(this.db, "shouted = 'own'")).isEqualTo(4);
	}

	@Test
	void computesWhatTheOldVersionHasWrittenBeforeTheContract() {
		Application application = start(Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		this.db.execute("UPDATE line SET word = 'old' WHERE id = 1",
				"INSERT INTO line (id, word) VALUES (1000, 'older')");
		assertThat(Words.count(this.db, "shouted IS NULL")).as("rows that are not computed yet").isEqualTo(2);
		application.run(Words.CHANGE);
		assertThat(Words.count(this.db, "shouted IS NULL")).as("rows that wait for their time").isEqualTo(2);
		application.contract(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(END);
		assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).isZero();
	}

	@Test
	void computesNowAndThenWhatTheOldVersionWrites() {
		Application application = start(Words::shouted,
				Halt.OPTIONS.withTasks(TaskOptions.defaults().withInterval(Duration.ofMillis(100))));
		application.concertina().start();
		try {
			Patience.await().until(() -> application.status(Words.CHANGE).state().equals(AT_THE_GATE));
			this.db.execute("UPDATE line SET word = 'old' WHERE id = 1");
			Patience.await().until(() -> Words.count(this.db, "id = 1 AND shouted = 'OLD'") == 1);
			assertThat(Words.count(this.db, "applied > 1")).as("rows that were computed again").isEqualTo(1);
		}
		finally {
			application.concertina().stop(Duration.ofSeconds(20));
		}
	}

	@Test
	void doesNotContractWhileTheOldVersionWritesOn() {
		Application application = start((word) -> {
			if (word.startsWith("again")) {
				this.db.execute("INSERT INTO line (id, word) SELECT max(id) + 1, 'again' FROM line");
			}
			return Words.shouted(word);
		}, Halt.OPTIONS).run(Words.CHANGE);
		this.db.execute("INSERT INTO line (id, word) VALUES (1000, 'again')");
		application.contract(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(application.status(Words.CHANGE).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.action()).startsWith("Stop the old version"));
		this.db.execute("UPDATE line SET word = 'done' WHERE word = 'again'");
		application.concertina().steering().verify(Words.CHANGE.id(), "test");
		application.run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(END);
		assertThat(Words.count(this.db, "shouted IS NULL")).isZero();
	}

	/**
	 * The row is locked, so that what the task has read stays true until it is written;
	 * then the trigger clears it, and the next sweep computes it anew.
	 */
	@Test
	void letsAWriterOfTheRowWait() {
		CountDownLatch atWork = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Application application = start((word) -> {
			if (word.equals("word 150")) {
				atWork.countDown();
				goOn.await();
			}
			return Words.shouted(word);
		}, Halt.OPTIONS);
		application.concertina().start();
		try {
			Patience.await().until(() -> atWork.getCount() == 0);
			Session writer = this.db.session("writer");
			Execution write = writer.start("UPDATE line SET word = 'changed' WHERE id = 150").awaitBlockedOrDone();
			boolean waited = write.isBlocked();
			goOn.countDown();
			write.await();
			Patience.await().until(() -> application.status(Words.CHANGE).state().equals(AT_THE_GATE));
			assertThat(waited).as("the writer has waited").isTrue();
			assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).isZero();
			assertThat(Words.count(this.db, "id = 150 AND shouted = 'CHANGED' AND applied = 2")).isEqualTo(1);
		}
		finally {
			goOn.countDown();
			application.concertina().stop(Duration.ofSeconds(20));
		}
	}

	@Test
	void readsARowAsAWriterItHasWaitedForLeavesIt() {
		int notInTheFirstPass = 2;
		CountDownLatch read = new CountDownLatch(1);
		Session writer = this.db.session("writer");
		Application application = start((word) -> {
			read.countDown();
			return Words.shouted(word);
		}, Halt.OPTIONS);
		writer.begin().execute("UPDATE line SET word = 'late' WHERE id = " + notInTheFirstPass);
		application.concertina().start();
		try {
			Patience.await().until(() -> read.getCount() == 0 && this.db.waitsForLock("test"));
			writer.commit();
			Patience.await().until(() -> application.status(Words.CHANGE).state().equals(AT_THE_GATE));
			assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).isZero();
		}
		finally {
			application.concertina().stop(Duration.ofSeconds(20));
		}
	}

	@Test
	void transformsNoMoreRowsAtOnceThanItMay() {
		this.db.execute("ALTER TABLE line SET (fillfactor = 100)", "VACUUM FULL line");
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch fourth = new CountDownLatch(4);
		Set<Boolean> hasCome = ConcurrentHashMap.newKeySet();
		ConcertinaOptions options = Halt.OPTIONS
			.withWorkers(new WorkerOptions(4, Duration.ofMillis(100), 100, Duration.ZERO))
			.withTasks(TaskOptions.defaults().withThreads(3));
		start((word) -> {
			most.accumulateAndGet(now.incrementAndGet(), Math::max);
			fourth.countDown();
			hasCome.add(fourth.await(500, TimeUnit.MILLISECONDS));
			now.decrementAndGet();
			return Words.shouted(word);
		}, options).run(Words.CHANGE);
		assertThat(hasCome).as("three have waited for a fourth in vain").contains(false);
		assertThat(most).hasValue(3);
		assertThat(Words.count(this.db, "shouted IS NULL")).isZero();
	}

	@Test
	void computesAgainWhatATriggerOfTheApplicationHasChanged() {
		this.db.execute("""
				CREATE FUNCTION trim_word() RETURNS trigger LANGUAGE plpgsql AS '
				BEGIN
				  NEW.word := btrim(NEW.word);
				  RETURN NEW;
				END'""", "UPDATE line SET word = word || ' ' WHERE id = 1",
				"CREATE TRIGGER trim BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION trim_word()");
		Application application = start(Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).isZero();
	}

	@Test
	void isTakenBackWithTheColumn() {
		Application application = start(Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		application.concertina().steering().rollBack(Words.CHANGE.id(), "test", "wrong");
		application.run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state().status()).isEqualTo(Status.ROLLED_BACK);
		this.db.execute("UPDATE line SET word = 'free'");
		assertThat(this.db.jdbc().sql("SELECT * FROM line LIMIT 1").query().singleRow()).doesNotContainKey("shouted");
	}

	private Application start(Shout task, ConcertinaOptions options) {
		return Application
			.with(this.db, options, (builder) -> builder.task(Words.TASK, task).listener(this.events::add),
					Words.CHANGE)
			.start();
	}

}
