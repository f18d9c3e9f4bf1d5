package dev.concertina.chunk;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import dev.concertina.chunk.ChunkWorker.End;
import dev.concertina.event.MigrationListener;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.StopSignal;
import dev.concertina.throttle.Throttle;

/**
 * The workers of one instance that go over one table. How many there are may change while
 * they work.
 */
class Crew {

	/** How soon an instance follows what was said on another one. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	private final Database database;

	private final ChunkTask task;

	private final WorkerOptions configured;

	private final Semaphore connections;

	private final Throttle throttle;

	private final MigrationListener listener;

	private final Set<Integer> working = new HashSet<>();

	private volatile WorkerOptions options;

	Crew(Database database, ChunkTask task, WorkerOptions configured, Semaphore connections, Throttle throttle,
			MigrationListener listener) {
		this.database = database;
		this.task = task;
		this.configured = configured;
		this.connections = connections;
		this.throttle = throttle;
		this.listener = listener;
		this.options = configured;
	}

	/**
	 * Work until every chunk is done.
	 * @param stop when to stop before the end
	 * @return whether every chunk is done
	 */
	boolean run(StopSignal stop) {
		ExecutorService threads = Executors.newCachedThreadPool(this::daemon);
		try {
			return run(new ExecutorCompletionService<>(threads), stop);
		}
		finally {
			threads.shutdown();
		}
	}

	private boolean run(CompletionService<Worked> threads, StopSignal stop) {
		End last = End.NOT_NEEDED;
		do {
			if (last == End.NOT_NEEDED) {
				look();
				add(threads, stop);
			}
			Future<Worked> worked = poll(threads);
			if (worked != null) {
				Worked ended = result(worked);
				this.working.remove(ended.number());
				last = (ended.end() == End.NOT_NEEDED) ? last : ended.end();
			}
		}
		while (!this.working.isEmpty());
		return last == End.ALL_DONE;
	}

	private void add(CompletionService<Worked> threads, StopSignal stop) {
		for (int next = 0; next < this.options.workers(); next++) {
			int number = next;
			if (this.working.add(number)) {
				ChunkWorker worker = new ChunkWorker(this.database, this.task, number, () -> this.options,
						this.connections, this.throttle, this.listener);
				threads.submit(() -> new Worked(number, worker.run(stop)));
			}
		}
	}

	/**
	 * What can't be read stays as it is.
	 */
	private void look() {
		try {
			WorkerOptions tuned = this.configured
				.tuned(StateStore.jdbc(this.database.jdbc()).tuning(this.task.change()));
			this.options = (this.task.phase() == Phase.VERIFY) ? tuned.forComparison() : tuned;
		}
		catch (DataAccessException | TransactionException ex) {
			// the workers meet the same failure, and know what to do
		}
	}

	private static @Nullable Future<Worked> poll(CompletionService<Worked> threads) {
		try {
			return threads.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static ConcertinaException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new ConcertinaException("The work was interrupted", "Start the application again.", cause);
	}

	private static Worked result(Future<Worked> worker) {
		try {
			return worker.get();
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new ConcertinaException("A worker ended: %s".formatted(ex.getCause()), "See the cause.", ex);
		}
	}

	private Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "concertina-%s".formatted(this.task.change()));
		thread.setDaemon(true);
		return thread;
	}

	private record Worked(int number, End end) {

	}

}
