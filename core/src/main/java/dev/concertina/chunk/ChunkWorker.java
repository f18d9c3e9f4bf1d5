package dev.concertina.chunk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.SqlState;
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

	private final BatchSizing sizing;

	private final Throttle throttle;

	private final MigrationListener listener;

	private int failures;

	private @Nullable Chunk claimed;

	ChunkWorker(Database database, ChunkTask task, BatchSizing sizing, Throttle throttle, MigrationListener listener) {
		this.database = database;
		this.task = task;
		this.settings = new TreeMap<>(SETTINGS);
		this.settings.putAll(task.settings());
		this.sizing = sizing;
		this.throttle = throttle;
		this.listener = listener;
	}

	/**
	 * Work.
	 * @param stop when to stop before the end
	 * @return whether every chunk is done
	 */
	boolean run(StopSignal stop) {
		while (!stop.isStopped()) {
			hold(stop);
			try {
				Optional<Batch> batch = batch();
				this.failures = 0;
				if (batch.isPresent()) {
					finished(batch.get());
				}
				else if (!new ChunkStore(this.database.jdbc()).isOpen(this.task)) {
					return true;
				}
				else if (!isRunning()) {
					return false;
				}
				else {
					stop.pause(OTHERS_AT_WORK);
				}
			}
			catch (DataAccessException | TransactionException ex) {
				retry(ex, stop);
			}
		}
		return false;
	}

	private void hold(StopSignal stop) {
		Pace pace = this.throttle.pace(this.task.change());
		if (pace.holds()) {
			this.listener.on(new Held(this.task.change(), pace.pause(), pace.reason()));
			stop.pause(pace.pause());
		}
	}

	private Optional<Batch> batch() {
		long start = System.nanoTime();
		this.claimed = null;
		return this.database.inTransaction(this.settings, (jdbc) -> {
			ChunkStore chunks = new ChunkStore(jdbc);
			return chunks.claim(this.task).map((chunk) -> {
				this.claimed = chunk;
				BlockRange range = chunk.head(this.sizing.blocks());
				Tally tally = this.task.work().on(jdbc, chunk.relation(), range.rows());
				chunks.advance(chunk, range, tally);
				return new Batch(chunk, range, tally, start);
			});
		});
	}

	private void finished(Batch batch) {
		Duration duration = Duration.ofNanos(System.nanoTime() - batch.start());
		this.sizing.finished(batch.range().blocks(), batch.tally().rows(), duration);
		this.listener.on(new BatchFinished(this.task.change(), this.task.phase(), batch.chunk().relation(),
				batch.range().blocks(), batch.tally().rows(), duration));
	}

	private boolean isRunning() {
		return this.database.inTransaction((jdbc) -> new ChunkStore(jdbc).isRunning(this.task));
	}

	private void retry(RuntimeException failure, StopSignal stop) {
		Optional<SqlState> state = SqlState.of(failure);
		boolean noConnection = failure instanceof CannotCreateTransactionException
				|| state.filter(SqlState::isConnectionLost).isPresent();
		if (!noConnection && !state.filter(SqlState::isTransient).isPresent()) {
			throw failure;
		}
		this.sizing.failed();
		this.failures++;
		Duration pause = backOff();
		this.listener
			.on(new BatchRetried(this.task.change(), this.task.phase(), String.valueOf(failure.getMessage()), pause));
		Chunk chunk = this.claimed;
		if (chunk != null && !noConnection) {
			new ChunkStore(this.database.jdbc()).putBack(chunk);
		}
		stop.pause(pause);
	}

	private Duration backOff() {
		Duration pause = Duration.ofMillis(10L << Math.min(this.failures, 10));
		return (pause.compareTo(MAX_BACK_OFF) < 0) ? pause : MAX_BACK_OFF;
	}

	private record Batch(Chunk chunk, BlockRange range, Tally tally, long start) {

	}

}
