package dev.concertina.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.execute.LockOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A place where a change is brought to and held, for something to happen there.
 */
public enum Halt {

	AFTER_EXPAND(Phase.BACKFILL, Status.RUNNING) {

		@Override
		void go(Application application, Change change, TestDatabase database) {
			// already there
		}

	},

	/** After the first of several batches. */
	IN_THE_BACKFILL(Phase.BACKFILL, Status.PAUSED),

	/** Before the first row is compared. */
	AFTER_THE_BACKFILL(Phase.VERIFY, Status.PAUSED),

	AT_THE_GATE(Phase.CONTRACT, Status.RUNNING),

	/** Approved, but the old structure can't be locked. */
	BEFORE_THE_DROP(Phase.CONTRACT, Status.CONTRACTING) {

		@Override
		void go(Application application, Change change, TestDatabase database) {
			application.run(change);
			Session blocker = database.session("blocker").begin();
			blocker.execute("SELECT FROM line LIMIT 1");
			application.contract(change);
			blocker.commit();
		}

	};

	/** Batches of about ten rows, and little time for locks. */
	public static final ConcertinaOptions OPTIONS = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(1, Duration.ofMillis(100), 10, Duration.ZERO))
		.withPoll(Duration.ofMillis(50))
		.withLocks(new LockOptions(Duration.ofMillis(100), Duration.ofMillis(150), Duration.ofSeconds(60)));

	private final Phase phase;

	private final Status status;

	Halt(Phase phase, Status status) {
		this.phase = phase;
		this.status = status;
	}

	/**
	 * Starts an application, brings its change there and leaves it there.
	 */
	public Application bring(Change change, TestDatabase database) {
		Predicate<MigrationEvent> here = switch (this) {
			case IN_THE_BACKFILL -> (event) -> event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL;
			case AFTER_THE_BACKFILL ->
				(event) -> event instanceof StateChanged moved && moved.to().equals(State.running(Phase.VERIFY));
			default -> (event) -> false;
		};
		Application application = paused(change, database, here);
		application.start();
		go(application, change, database);
		assertThat(application.status(change).state()).isEqualTo(new State(this.phase, this.status));
		return application;
	}

	void go(Application application, Change change, TestDatabase database) {
		application.run(change);
	}

	private static Application paused(Change change, TestDatabase database, Predicate<MigrationEvent> here) {
		AtomicBoolean once = new AtomicBoolean();
		Concertina[] concertina = new Concertina[1];
		Application application = Application.with(database, OPTIONS, (builder) -> builder.listener((event) -> {
			if (here.test(event) && once.compareAndSet(false, true)) {
				concertina[0].steering().pause(change.id(), "test", "halt");
			}
		}), change);
		concertina[0] = application.concertina();
		return application;
	}

}
