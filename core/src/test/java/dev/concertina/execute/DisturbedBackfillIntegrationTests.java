package dev.concertina.execute;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class DisturbedBackfillIntegrationTests {

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final String WAITING = """
			SELECT pid
			  FROM pg_stat_activity
			 WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ?""";

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final TestDatabase db;

	DisturbedBackfillIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void stopsAtABatchBorderAndGoesOnAtTheNextStart() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		CountDownLatch working = new CountDownLatch(1);
		Application application = Application.with(this.db, Halt.OPTIONS.withPause(Duration.ofMillis(200)),
				(builder) -> builder.listener((event) -> {
					this.events.add(event);
					working.countDown();
				}), change);
		application.start().concertina().start();
		Patience.await().until(() -> working.getCount() == 0);
		assertThat(application.concertina().stop(Duration.ofSeconds(20))).isTrue();
		assertThat(application.status(change).state()).isEqualTo(State.running(Phase.BACKFILL));
		assertThat(application.status(change).backfill().rows()).isBetween(1L, 190L);
		Application next = Application.with(this.db, Halt.OPTIONS, (builder) -> builder.listener(this.events::add),
				change);
		next.start().run(change);
		assertThat(next.status(change).state()).isEqualTo(AT_THE_GATE);
		assertThat(next.status(change).backfill().rows()).isEqualTo(200);
		assertThat(blocksCopied()).as("each block once in each of two passes")
			.isEqualTo(2 * next.status(change).backfill().units());
	}

	@Test
	void goesOnByItselfWhenItsConnectionIsKilledInABatch() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application application = Application.with(this.db, Halt.OPTIONS,
				(builder) -> builder.listener(this.events::add), change);
		application.start();
		Session writer = this.db.session("writer").begin().execute("UPDATE line SET pad = 'p' WHERE id = 3");
		application.concertina().start();
		Session killer = this.db.session("killer");
		Patience.await()
			.until(() -> killer
				.value(WAITING.replace("pid\n", "pg_terminate_backend(pid)\n").replace("?", "'UPDATE ONLY%'"),
						Boolean.class)
				.orElse(false));
		Patience.await().until(() -> this.events.stream().anyMatch(this::isConnectionLost));
		writer.commit();
		Patience.await().until(() -> application.status(change).state().equals(AT_THE_GATE));
		assertThat(application.concertina().stop(Duration.ofSeconds(10))).isTrue();
		assertThat(application.status(change).backfill().rows() + 1).as("the writer has copied its row itself")
			.isEqualTo(200);
	}

	@Test
	void plansAgainWhatWasRewrittenMeanwhile() {
		// one that goes over a chunk once: a last pass would find the rows again
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		// what is not copied yet moves to the blocks that are done
		this.db.execute("DELETE FROM line WHERE id IN (SELECT line_id FROM item)", "VACUUM FULL line");
		application.concertina().steering().resume(change.id(), "test");
		application.run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change)).isEqualTo(AT_THE_GATE);
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM line WHERE NOT EXISTS (SELECT FROM item WHERE line_id = line.id)")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void buildsAnIndexAgainThatACancelledAttemptHasLeftInvalid() {
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Application application = Application.of(this.db, Halt.OPTIONS, change).start();
		Session writer = this.db.session("writer").begin().execute("LOCK TABLE item IN ROW EXCLUSIVE MODE");
		CompletableFuture<Application> run = CompletableFuture.supplyAsync(() -> application.run(change));
		cancelWaiting("CREATE INDEX%");
		cancelWaiting("DROP INDEX%");
		run.join();
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.BACKFILL, Status.FAILED));
		assertThat(validIndexes()).containsExactly(false);
		writer.commit();
		application.concertina().steering().resume(change.id(), "test");
		assertThat(application.run(change).status(change).state()).isEqualTo(AT_THE_GATE);
		assertThat(validIndexes()).containsExactly(true);
	}

	@Test
	void takesAwayWhatACancelledAttemptHasLeft() {
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Application application = Application.of(this.db, Halt.OPTIONS, change).start();
		Session writer = this.db.session("writer").begin().execute("LOCK TABLE item IN ROW EXCLUSIVE MODE");
		CompletableFuture<Application> run = CompletableFuture.supplyAsync(() -> application.run(change));
		cancelWaiting("CREATE INDEX%");
		Patience.await().until(() -> !waiting("DROP INDEX%").isEmpty());
		writer.commit();
		run.join();
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.BACKFILL, Status.FAILED));
		assertThat(validIndexes()).isEmpty();
	}

	private void cancelWaiting(String statement) {
		Patience.await().until(() -> !waiting(statement).isEmpty());
		this.db.execute("SELECT pg_cancel_backend(%d)".formatted(waiting(statement).get(0)));
	}

	@Test
	void buildsAnIndexThoughSessionsHaveShortTimeouts() {
		try (TestDatabase hurried = TestDatabase.create(PostgresServer.shared(), "lock_timeout=20ms",
				"statement_timeout=200ms")) {
			Example.EXTRACT_JSON_ARRAY.createTable(hurried);
			Change change = Example.EXTRACT_JSON_ARRAY.change();
			Application application = Application.of(hurried, Halt.OPTIONS, change).start();
			Session writer = hurried.session("writer").begin().execute("LOCK TABLE item IN ROW EXCLUSIVE MODE");
			CompletableFuture<Application> run = CompletableFuture.supplyAsync(() -> application.run(change));
			Patience.await()
				.until(() -> !waiting(hurried, "CREATE INDEX%", "clock_timestamp() > query_start + interval '400 ms'")
					.isEmpty());
			writer.commit();
			assertThat(run.join().status(change).state()).isEqualTo(AT_THE_GATE);
			assertThat(hurried.jdbc().sql("SHOW lock_timeout").query(String.class).list()).containsExactly("20ms");
		}
	}

	private List<Integer> waiting(String query) {
		return waiting(this.db, query, "true");
	}

	private static List<Integer> waiting(TestDatabase database, String query, String condition) {
		return database.jdbc()
			.sql("%s AND %s".formatted(WAITING, condition))
			.param(query)
			.query((row, number) -> row.getInt("pid"))
			.list();
	}

	private List<Boolean> validIndexes() {
		return this.db.jdbc()
			.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('item_sku_idx')")
			.query((row, number) -> row.getBoolean("indisvalid"))
			.list();
	}

	private boolean isConnectionLost(MigrationEvent event) {
		return event instanceof BatchRetried retried && retried.problem().contains("terminating connection");
	}

	private long blocksCopied() {
		return this.events.stream()
			.filter((event) -> event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL)
			.mapToLong((event) -> ((BatchFinished) event).units())
			.sum();
	}

}
