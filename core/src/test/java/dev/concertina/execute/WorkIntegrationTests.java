package dev.concertina.execute;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationListener;
import dev.concertina.event.Work;
import dev.concertina.event.Work.Extent;
import dev.concertina.event.WorkEnd;
import dev.concertina.event.WorkEnd.Outcome;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told of the begin and the end of work.
 */
@PostgresTest
class WorkIntegrationTests {

	private static final Change CHANGE = Change.version("1", "to_numbers")
		.operation(ChangeColumnType.of("line", "word", "number", "int", "word::int", "number::text"))
		.build();

	private final Follower follower = new Follower();

	private final TestDatabase db;

	private final Application application;

	WorkIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE line (id bigint PRIMARY KEY, word text, pad text) WITH (fillfactor = 10)")
			.withRows("line", 200, "n, n, repeat('x', 100)");
		this.application = Application.with(db, Halt.OPTIONS, (builder) -> builder.listener(this.follower), CHANGE);
	}

	@Test
	void aPhaseBeginsAndEndsOnce() {
		this.application.start().run(CHANGE);
		assertThat(this.follower.phases()).containsExactly("BACKFILL DONE", "VERIFY DONE");
		this.application.contract(CHANGE);
		assertThat(this.follower.phases()).containsExactly("BACKFILL DONE", "VERIFY DONE", "CONTRACT DONE");
	}

	@Test
	void whatWaitsAtTheGateIsNoWork() {
		this.application.start().run(CHANGE).run(CHANGE);
		assertThat(this.application.status(CHANGE).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(this.follower.phases()).doesNotContain("CONTRACT STOPPED");
	}

	@Test
	void aBatchBeginsAndEndsOnce() {
		this.application.start().run(CHANGE);
		assertThat(this.follower.finished.get()).isGreaterThan(20);
		assertThat(this.follower.batches(Outcome.DONE)).hasSize(this.follower.finished.get());
		assertThat(this.follower.batches(Outcome.FAILED)).isEmpty();
		assertThat(this.follower.open).isEmpty();
	}

	@Test
	void aBatchThatIsRolledBackEndsWithItsFailure() {
		this.db.execute("UPDATE line SET word = 'seven' WHERE id = 7");
		this.application.start().run(CHANGE);
		assertThat(this.follower.batches(Outcome.FAILED)).isNotEmpty()
			.allSatisfy((end) -> assertThat(end.failure()).hasMessageContaining("\"seven\""));
		assertThat(this.follower.batches(Outcome.DONE)).hasSize(this.follower.finished.get());
		assertThat(this.follower.open).isEmpty();
	}

	@Test
	void aRowThatIsTriedAgainIsABatch() {
		this.db.execute("UPDATE line SET word = 'seven' WHERE id = 7");
		this.application.start().run(CHANGE);
		this.db.execute("UPDATE line SET word = '7' WHERE id = 7");
		int before = this.follower.finished.get();
		this.application.concertina().steering().resume(CHANGE.id(), "test");
		this.application.run(CHANGE);
		assertThat(this.follower.finished.get()).isGreaterThan(before);
		assertThat(this.follower.batches(Outcome.DONE)).hasSize(this.follower.finished.get());
	}

	@Test
	void aPhaseThatSomebodyPausesIsStopped() {
		this.follower.atFirstBatch = () -> this.application.concertina()
			.steering()
			.pause(CHANGE.id(), "test", "too loud");
		this.application.start().run(CHANGE);
		assertThat(this.follower.phases()).containsExactly("BACKFILL STOPPED");
	}

	@Test
	void aPhaseThatComesToAFailureFails() {
		this.db.execute("UPDATE line SET word = 'none' WHERE id > 100");
		Application strict = Application.with(this.db, Halt.OPTIONS.withMaxPoisonRows(2),
				(builder) -> builder.listener(this.follower), CHANGE);
		strict.start().run(CHANGE);
		assertThat(this.follower.phases()).containsExactly("BACKFILL FAILED");
	}

	private static final class Follower implements MigrationListener {

		private final Deque<Open> open = new ConcurrentLinkedDeque<>();

		private final List<Ended> ended = new CopyOnWriteArrayList<>();

		private final AtomicInteger finished = new AtomicInteger();

		private @Nullable Runnable atFirstBatch;

		@Override
		public void on(MigrationEvent event) {
			if (event instanceof BatchFinished && this.finished.incrementAndGet() == 1 && this.atFirstBatch != null) {
				this.atFirstBatch.run();
			}
		}

		@Override
		public WorkEnd begin(Work work) {
			Open begun = new Open(work, Thread.currentThread());
			assertThat(this.open).as("work of this thread that is not over").doesNotContain(begun);
			this.open.add(begun);
			return (outcome, failure) -> {
				assertThat(this.open.remove(new Open(work, Thread.currentThread()))).as("%s is open", work).isTrue();
				this.ended.add(new Ended(work, outcome, failure));
			};
		}

		List<String> phases() {
			return this.ended.stream()
				.filter((end) -> end.work().extent() == Extent.PHASE)
				.map((end) -> "%s %s".formatted(end.work().phase(), end.outcome()))
				.toList();
		}

		List<Ended> batches(Outcome outcome) {
			return this.ended.stream()
				.filter((end) -> end.work().extent() == Extent.BATCH && end.outcome() == outcome)
				.toList();
		}

	}

	private record Open(Work work, Thread thread) {

	}

	private record Ended(Work work, Outcome outcome, @Nullable Throwable failure) {

	}

}
