package dev.concertina.chunk;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.PoisonRowFound;
import dev.concertina.event.MigrationListener;
import dev.concertina.event.Work;
import dev.concertina.event.WorkEnd;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.SqlState;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.StopSignal;
import dev.concertina.throttle.Throttle;

/**
 * Takes one batch after the other until no chunk is left.
 *
 * <p>
 * A batch is one transaction: claim a chunk, do the work, move the position of the chunk.
 * The application is never its victim: it waits for a lock for less than PostgreSQL's
 * {@code deadlock_timeout}, so that it gives way before a deadlock is looked for.
 */
class ChunkWorker {

	private static final Duration OTHERS_AT_WORK = Duration.ofMillis(50);

	private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

	/**
	 * Data and position commit together, so losing the last commits in a crash of the
	 * server loses no row. Policies that would hide rows from it are an error. 200 ms is
	 * a fifth of the default {@code deadlock_timeout}.
	 */
	private static final Map<String, String> SETTINGS = Map.of("synchronous_commit", "off", "lock_timeout", "200ms",
			"statement_timeout", "10s", "idle_in_transaction_session_timeout", "30s", "row_security", "off");

	private final Database database;

	private final ChunkTask task;

	private final Map<String, String> settings;

	private final int number;

	private final Supplier<WorkerOptions> options;

	private final Map<Unit, BatchSizing> sizings = new EnumMap<>(Unit.class);

	private final Passes passes = new Passes();

	private final Semaphore connections;

	private final Throttle throttle;

	private final MigrationListener listener;

	private int failures;

	private @Nullable Batch begun;

	private WorkEnd end = WorkEnd.IGNORED;

	/**
	 * Make a worker.
	 * @param number its number, from 0
	 * @param options how many workers there shall be, and how they work; may change
	 * @param connections who may have one
	 */
	ChunkWorker(Database database, ChunkTask task, int number, Supplier<WorkerOptions> options, Semaphore connections,
			Throttle throttle, MigrationListener listener) {
		this.database = database;
		this.task = task;
		this.settings = new TreeMap<>(SETTINGS);
		this.settings.putAll(task.settings());
		this.number = number;
		this.options = options;
		for (Unit unit : Unit.values()) {
			this.sizings.put(unit, BatchSizing.timeTarget(options, unit));
		}
		this.connections = connections;
		this.throttle = throttle;
		this.listener = listener;
	}

	/**
	 * Work.
	 * @param stop when to stop before the end
	 * @return why it has ended
	 */
	End run(StopSignal stop) {
		while (!stop.isStopped()) {
			if (this.number >= this.options.get().workers()) {
				return End.NOT_NEEDED;
			}
			try {
				Optional<Done> done = mayGoOn(stop) ? inTurn(this::batch) : Optional.empty();
				this.failures = 0;
				if (done.isPresent()) {
					finished(done.get());
					continue;
				}
				Optional<End> end = inTurn(this::end);
				if (end.isPresent()) {
					return end.get();
				}
				stop.pause(OTHERS_AT_WORK);
			}
			catch (DataAccessException | TransactionException ex) {
				retry(ex, stop);
			}
		}
		return End.STOPPED;
	}

	/**
	 * Wait as the throttle asks for. A worker that is held looks in between whether there
	 * is still something to do.
	 */
	private boolean mayGoOn(StopSignal stop) {
		Duration rest = this.options.get().pause();
		Pace pace = this.throttle.pace(this.task.change()).or(new Pace(rest, Held.REST));
		if (pace.holds()) {
			this.listener.on(new Held(this.task.change(), pace.pause(), pace.reason()));
			stop.pause(pace.pause());
		}
		return !pace.again();
	}

	private <T> T inTurn(Supplier<T> work) {
		this.connections.acquireUninterruptibly();
		try {
			return work.get();
		}
		finally {
			this.connections.release();
		}
	}

	private Optional<End> end() {
		if (!new ChunkStore(this.database.jdbc()).isOpen(this.task)) {
			return Optional.of(End.ALL_DONE);
		}
		return isRunning() ? Optional.empty() : Optional.of(End.STOPPED);
	}

	/**
	 * What finds nothing to do is no work, so it begins with the claim.
	 */
	private Optional<Done> batch() {
		this.begun = null;
		this.end = WorkEnd.IGNORED;
		try {
			Optional<Done> done = transaction(System.nanoTime());
			this.end.on(WorkEnd.Outcome.DONE, null);
			return done;
		}
		catch (RuntimeException | Error ex) {
			this.end.on(WorkEnd.Outcome.FAILED, ex);
			throw ex;
		}
	}

	private Optional<Done> transaction(long start) {
		return this.database.inTransaction(this.settings, ChunkStore.claim(this.task),
				(jdbc, claimed) -> claimed.map((chunk) -> batch(jdbc, this.passes.of(chunk), start))
					.or(() -> retried(jdbc, start)));
	}

	private Done batch(StateJdbc jdbc, Chunk chunk, long start) {
		begin();
		this.begun = new Batch(chunk, null);
		Position.Head head = chunk.head(jdbc, sizing(chunk.position().unit()).units());
		this.begun = new Batch(chunk, head.part());
		Done done = work(jdbc, chunk, head.part(), start);
		this.passes.finished(chunk, new ChunkStore(jdbc).advance(chunk, head.after(), done.tally()));
		return done;
	}

	private void begin() {
		this.end = this.listener.begin(new Work(this.task.change(), this.task.phase(), Work.Extent.BATCH));
	}

	private BatchSizing sizing(Unit unit) {
		return Objects.requireNonNull(this.sizings.get(unit));
	}

	private Done work(StateJdbc jdbc, Chunk chunk, Part part, long start) {
		String relation = chunk.relation();
		if (chunk.isRowByRow()) {
			RowByRow rows = new RowByRow(jdbc, this.task, relation, part.singleRows(jdbc, relation));
			Tally tally = rows.run();
			return new Done(relation, part, tally, rows.failed(), start);
		}
		Tally tally = this.task.work().on(jdbc, relation, part.rows());
		return new Done(relation, part, tally, new PoisonRows(jdbc, this.task).add(relation, tally.failed()), start);
	}

	private Optional<Done> retried(StateJdbc jdbc, long start) {
		PoisonRows poison = new PoisonRows(jdbc, this.task);
		return poison.claim().map((row) -> {
			begin();
			Attempt attempt = Attempt.atRow(jdbc, this.task, row);
			attempt.succeeded()
				.ifPresentOrElse((tally) -> poison.remove(row), () -> poison.failedAgain(row, attempt.problem()));
			return new Done(row.relation(), null, attempt.succeeded().orElse(Tally.copied(0)), List.of(), start);
		});
	}

	private void finished(Done done) {
		Duration duration = Duration.ofNanos(System.nanoTime() - done.start());
		if (done.part() != null && done.units() > 0) {
			sizing(done.part().unit()).finished(done.units(), done.tally().rows(), duration);
		}
		this.listener.on(new BatchFinished(this.task.change(), this.task.phase(), done.relation(), done.units(),
				done.tally().rows(), duration));
		done.failed()
			.forEach((row) -> this.listener
				.on(new PoisonRowFound(this.task.change(), row.relation(), row.key(), row.error())));
		if (!done.failed().isEmpty()) {
			requireFewPoisonRows();
		}
	}

	private void requireFewPoisonRows() {
		long count = new PoisonRows(this.database.jdbc(), this.task).count();
		if (count > this.task.maxPoisonRows()) {
			throw new ConcertinaException(
					"%d rows can't be copied, more than the limit of %d".formatted(count, this.task.maxPoisonRows()),
					"Look at %s for what is wrong with them, remove the cause, then resume the change."
						.formatted(this.database.jdbc().schema().table("poison_row")));
		}
	}

	private boolean isRunning() {
		return this.database.inTransaction((jdbc) -> new ChunkStore(jdbc).isRunning(this.task));
	}

	private void retry(RuntimeException failure, StopSignal stop) {
		Optional<SqlState> state = SqlState.of(failure);
		boolean noConnection = failure instanceof CannotCreateTransactionException
				|| state.filter(SqlState::isConnectionLost).isPresent();
		boolean ofARow = this.task.maxPoisonRows() > 0 && Attempt.mayBeOfARow(failure);
		boolean passes = failure instanceof TransientDataAccessException
				|| state.filter(SqlState::isTransient).isPresent();
		if (!noConnection && !ofARow && !passes) {
			throw failure;
		}
		this.sizings.values().forEach(BatchSizing::failed);
		this.failures++;
		Duration pause = backOff();
		this.listener
			.on(new BatchRetried(this.task.change(), this.task.phase(), String.valueOf(failure.getMessage()), pause));
		Batch batch = this.begun;
		if (batch != null && !noConnection) {
			new ChunkStore(this.database.jdbc()).putBack(batch.chunk(), ofARow ? batch.maxUnits() : null);
		}
		stop.pause(pause);
	}

	private Duration backOff() {
		Duration pause = Duration.ofMillis(10L << Math.min(this.failures, 10));
		return (pause.compareTo(MAX_BACK_OFF) < 0) ? pause : MAX_BACK_OFF;
	}

	/**
	 * Why a worker has ended.
	 */
	enum End {

		/** No chunk is left. */
		ALL_DONE,

		/** It was stopped, or the change has left the phase. */
		STOPPED,

		/** There shall be fewer workers. */
		NOT_NEEDED

	}

}
