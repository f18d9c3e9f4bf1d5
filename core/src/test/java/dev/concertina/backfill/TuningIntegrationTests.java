package dev.concertina.backfill;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Tuning;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("slow")
@PostgresTest
class TuningIntegrationTests {

	/** A worker alone would take minutes. */
	private static final ConcertinaOptions SLOW = Halt.OPTIONS.withPause(Duration.ofSeconds(2));

	private static final Change CHANGE = Example.RENAME_COLUMN.change();

	private static final ChangeId ID = CHANGE.id();

	private final TestDatabase db;

	private final Threads here = new Threads();

	private final Threads there = new Threads();

	TuningIntegrationTests(TestDatabase db) {
		this.db = db;
		Example.RENAME_COLUMN.createTable(db);
	}

	@Test
	void countsOnAllInstancesWhileTheyWork() {
		Application first = start(this.here);
		Application second = start(this.there);
		Patience.await().until(() -> this.here.number() == 1 && this.there.number() == 1);
		first.concertina().steering().tune(ID, Tuning.NONE.withWorkers(3), "ops");
		Patience.await().until(() -> this.here.number() == 3 && this.there.number() == 3);
		first.concertina().steering().tune(ID, Tuning.NONE.withPause(Duration.ZERO), "ops");
		Patience.await().until(() -> first.status(CHANGE).state().equals(State.running(Phase.CONTRACT)));
		assertThat(first.concertina().stop(Duration.ofSeconds(10))).isTrue();
		assertThat(second.concertina().stop(Duration.ofSeconds(10))).isTrue();
		assertThat(first.concertina().history(ID).toString()).contains("actor=ops", "reason=3 workers from now on",
				"reason=pauses of 0 ms from now on");
	}

	@Test
	void letsWorkersEndThatAreNotNeeded() {
		Application application = start(this.here);
		application.concertina()
			.steering()
			.tune(ID, Tuning.NONE.withWorkers(4).withPause(Duration.ofMillis(200)), "ops");
		Patience.await().until(() -> this.here.number() == 4);
		application.concertina().steering().tune(ID, Tuning.NONE.withPause(Duration.ofMillis(200)), "ops");
		Patience.await().until(() -> {
			this.here.forget();
			int batches = this.here.batches();
			Patience.await().until(() -> this.here.batches() >= batches + 8);
			return this.here.number() == 1;
		});
		assertThat(application.concertina().stop(Duration.ofSeconds(10))).isTrue();
		assertThat(application.status(CHANGE).state()).isEqualTo(State.running(Phase.BACKFILL));
	}

	@Test
	void isForChangesThatAreNotAtTheirEnd() {
		Application application = Application.of(this.db, CHANGE).start().run(CHANGE).contract(CHANGE);
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> application.concertina().steering().tune(ID, Tuning.NONE, "ops"))
			.withMessageContaining("can't be tuned");
	}

	@Test
	void refusesWhatHelpsNobody() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> Tuning.NONE.withWorkers(0))
			.withMessage("0 workers");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> Tuning.NONE.withBatchTime(Duration.ofSeconds(6)))
			.withMessage("A batch time of PT6S");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> Tuning.NONE.withPause(Duration.ofMillis(-1)))
			.withMessage("A pause of PT-0.001S");
	}

	private Application start(Threads threads) {
		Application application = Application.with(this.db, SLOW, (builder) -> builder.listener(threads::on), CHANGE);
		application.start().concertina().start();
		return application;
	}

	/**
	 * The threads that have finished batches.
	 */
	private static final class Threads {

		private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

		private final AtomicInteger batches = new AtomicInteger();

		void on(MigrationEvent event) {
			if (event instanceof BatchFinished) {
				this.seen.add(Thread.currentThread());
				this.batches.incrementAndGet();
			}
		}

		void forget() {
			this.seen.clear();
		}

		int number() {
			return this.seen.size();
		}

		int batches() {
			return this.batches.get();
		}

	}

}
