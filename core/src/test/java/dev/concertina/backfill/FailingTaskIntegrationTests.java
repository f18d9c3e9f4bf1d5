package dev.concertina.backfill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.Words.Shout;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.PoisonRowFound;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.PoisonRow;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tasks that fail: for a row, for a while, for every row, or by not being there.
 */
@Tag("slow")
@PostgresTest
class FailingTaskIntegrationTests {

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final State FAILED = new State(Phase.BACKFILL, Status.FAILED);

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final TestDatabase db;

	FailingTaskIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		Words.createTable(this.db, 200);
	}

	@Test
	void setsAsideTheRowsThatItCantComputeAndTriesThemAgain() {
		Set<String> wrong = ConcurrentHashMap.newKeySet();
		wrong.addAll(List.of("word 7", "word 8", "word 199"));
		AtomicInteger calls = new AtomicInteger();
		Application application = start((word) -> {
			calls.incrementAndGet();
			if (wrong.contains(word)) {
				throw new IllegalArgumentException("no key for " + word);
			}
			return Words.shouted(word);
		}, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(FAILED);
		assertThat(application.status(Words.CHANGE).reason()).startsWith("finished with 3 poison rows")
			.contains("java.lang.IllegalArgumentException: no key for word ");
		assertThat(keys(application)).containsExactlyInAnyOrder("7", "8", "199");
		assertThat(this.events).anyMatch((event) -> event instanceof PoisonRowFound row && row.key().equals("199"));
		assertThat(Words.count(this.db, "shouted IS NULL")).isEqualTo(3);
		assertThat(calls.get()).as("calls: each row, and what is left in the last pass").isBetween(200, 203);
		wrong.remove("word 7");
		this.db.execute("UPDATE line SET word = 'eight' WHERE id = 8");
		resume(application);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(FAILED);
		assertThat(application.concertina().poisonRows(Words.CHANGE.id(), 10)).singleElement()
			.satisfies((row) -> assertThat(row.key()).isEqualTo("199"))
			.satisfies((row) -> assertThat(row.attempts()).isGreaterThan(1));
		wrong.clear();
		resume(application);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(Words.count(this.db, "shouted IS DISTINCT FROM upper(word)")).isZero();
	}

	@Test
	void endsTheRunWhenTooManyRowsFail() {
		Application application = start((word) -> {
			throw new IllegalStateException("closed");
		}, Halt.OPTIONS.withMaxPoisonRows(20)).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).reason())
			.contains("rows can't be copied, more than the limit of 20");
		assertThat(keys(application).size()).isBetween(21, 99);
	}

	@Test
	void triesABatchAgainThatFailsForAWhile() {
		AtomicInteger failures = new AtomicInteger();
		Application application = start((word) -> {
			int failure = word.equals("word 1") ? failures.getAndIncrement() : 2;
			if (failure == 0) {
				throw new TemporaryFailureException("quota is used up");
			}
			if (failure == 1) {
				throw new TransientDataAccessResourceException("a database of its own is not there",
						new SQLException("duplicate key", "23505"));
			}
			return Words.shouted(word);
		}, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
		assertThat(this.events).anyMatch((event) -> event instanceof BatchRetried retried
				&& retried.problem().contains("Task 'shout' fails for now: ")
				&& retried.problem().contains("quota is used up"));
		assertThat(this.events).noneMatch(PoisonRowFound.class::isInstance);
		assertThat(Words.count(this.db, "shouted = upper(word) AND applied = 1")).isEqualTo(200);
	}

	@Test
	void setsAsideTheRowThatTakesTooLong() {
		CountDownLatch never = new CountDownLatch(1);
		ConcertinaOptions options = Halt.OPTIONS.withTasks(TaskOptions.defaults().withTimeout(Duration.ofMillis(500)));
		Application application = start((word) -> {
			if (word.equals("word 50")) {
				never.await();
			}
			return Words.shouted(word);
		}, options).run(Words.CHANGE);
		assertThat(application.concertina().poisonRows(Words.CHANGE.id(), 10)).singleElement()
			.satisfies((row) -> assertThat(row.key()).isEqualTo("50"))
			.satisfies((row) -> assertThat(row.error()).isEqualTo("Task 'shout' has not transformed 1 rows in PT0.5S"));
		assertThat(Words.count(this.db, "shouted = upper(word)")).isEqualTo(199);
	}

	@Test
	void setsAsideARowForWhichItGivesNothing() {
		Application application = start(computing((word) -> {
			Map<String, @Nullable Object> result = new HashMap<>();
			result.put("shouted", word.equals("word 50") ? null : Words.shouted(word));
			return result;
		}), Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.concertina().poisonRows(Words.CHANGE.id(), 10)).singleElement()
			.satisfies((row) -> assertThat(row.error())
				.startsWith("Task 'shout' gives NULL for all of [shouted], so the row could not be told"));
	}

	@Test
	void failsTheChangeThatItGivesOtherColumns() {
		AtomicInteger calls = new AtomicInteger();
		Application application = start(
				computing((word) -> (calls.getAndIncrement() == 0) ? Map.of("shout", "A") : Map.of("shouted", "A")),
				Halt.OPTIONS)
			.run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(FAILED);
		assertThat(application.status(Words.CHANGE).reason())
			.contains("Task 'shout' gives values for the columns [shout], and shall give them for [shouted]");
		resume(application);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
	}

	@Test
	void failsTheChangeIfItCantBeRead() {
		BackfillTask<String> task = new BackfillTask<>() {

			@Override
			public String read(ResultSet row) throws SQLException {
				return row.getString("words");
			}

			@Override
			public Map<String, ?> transform(String row) {
				return Map.of("shouted", row);
			}

		};
		Application application = start(task, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(application.status(Words.CHANGE).state()).isEqualTo(FAILED);
		assertThat(application.status(Words.CHANGE).reason()).contains("The column name words was not found");
	}

	@Test
	void isMissedBeforeAnythingIsRun() {
		Application application = Application.with(this.db, Halt.OPTIONS,
				(builder) -> builder.task("whisper", (Shout) (word) -> word), Words.CHANGE);
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining("There is no backfill task shout here; there are whisper");
		assertThat(this.db.jdbc().sql("SELECT * FROM line LIMIT 1").query().singleRow()).doesNotContainKey("shouted");
	}

	@Test
	void leavesTheChangeToAnInstanceThatHasIt() {
		start((Shout) Words::shouted, Halt.OPTIONS);
		Application old = Application.with(this.db, Halt.OPTIONS, (builder) -> builder.listener(this.events::add));
		old.run(Words.CHANGE);
		assertThat(this.events).anyMatch((event) -> event instanceof Held held
				&& held.reason().contains("There is no backfill task shout here; there is none at all"));
		assertThat(old.status(Words.CHANGE).state()).isEqualTo(State.running(Phase.BACKFILL));
		start((Shout) Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(old.status(Words.CHANGE).state()).isEqualTo(AT_THE_GATE);
	}

	@Test
	void comesToAnEndInTheMiddleOfABatchWhenTheApplicationStops() {
		CountDownLatch atWork = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		Application application = start((word) -> {
			atWork.countDown();
			never.await();
			return word;
		}, Halt.OPTIONS.withTasks(TaskOptions.defaults().withTimeout(Duration.ofMillis(200))));
		application.concertina().start();
		Patience.await().until(() -> atWork.getCount() == 0);
		assertThat(application.concertina().stop(Duration.ofSeconds(20))).isTrue();
		assertThat(Words.count(this.db, "applied > 0")).isZero();
		start((Shout) Words::shouted, Halt.OPTIONS).run(Words.CHANGE);
		assertThat(Words.count(this.db, "shouted = upper(word) AND applied = 1")).isEqualTo(200);
	}

	private static Computing computing(Computing task) {
		return task;
	}

	private Application start(Shout task, ConcertinaOptions options) {
		return start((BackfillTask<?>) task, options);
	}

	private Application start(BackfillTask<?> task, ConcertinaOptions options) {
		return Application
			.with(this.db, options, (builder) -> builder.task(Words.TASK, task).listener(this.events::add),
					Words.CHANGE)
			.start();
	}

	private static void resume(Application application) {
		application.concertina().steering().resume(Words.CHANGE.id(), "test");
		application.run(Words.CHANGE);
	}

	private static List<String> keys(Application application) {
		return application.concertina().poisonRows(Words.CHANGE.id(), 1000).stream().map(PoisonRow::key).toList();
	}

	/**
	 * What gives a result of its own.
	 */
	@FunctionalInterface
	private interface Computing extends BackfillTask<String> {

		@Override
		default String read(ResultSet row) throws SQLException {
			return row.getString("word");
		}

		@Override
		Map<String, ? extends @Nullable Object> transform(String word);

	}

}
