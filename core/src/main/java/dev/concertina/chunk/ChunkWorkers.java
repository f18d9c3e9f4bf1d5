package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.concertina.event.MigrationListener;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.throttle.StopSignal;
import dev.concertina.throttle.Throttle;

/**
 * Goes over a table with a number of workers.
 */
public final class ChunkWorkers {

	private final Database database;

	private final ChunkSource source;

	private final Throttle throttle;

	private final MigrationListener listener;

	/**
	 * Make workers.
	 * @param database the database
	 * @param source how tables are cut into chunks
	 * @param throttle what may slow the workers
	 * @param listener who wants to know of each batch
	 */
	public ChunkWorkers(Database database, ChunkSource source, Throttle throttle, MigrationListener listener) {
		this.database = database;
		this.source = source;
		this.throttle = throttle;
		this.listener = listener;
	}

	/**
	 * Cut several tables before any of them is gone over, so that the progress knows the
	 * whole way from its start.
	 * @param tasks the tables and what to do
	 * @return whether they are cut; {@code false} if the change left the phase
	 */
	public boolean plan(List<ChunkTask> tasks) {
		return tasks.stream().allMatch(this::plan);
	}

	/**
	 * Go over a table until every chunk is done, here or on another instance.
	 * @param task the table and what to do
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether the table is done; {@code false} if the work was stopped or the
	 * change left the phase
	 */
	public boolean run(ChunkTask task, WorkerOptions options, StopSignal stop) {
		do {
			if (!plan(task) || !work(task, options, stop)) {
				return false;
			}
		}
		while (planAgainIfStale(task));
		return true;
	}

	private boolean plan(ChunkTask task) {
		return this.database.inTransaction((jdbc) -> {
			ChunkStore chunks = new ChunkStore(jdbc);
			if (!chunks.lock(task.change(), task.phase())) {
				return false;
			}
			if (!chunks.isPlanned(task)) {
				this.source.plan(jdbc, task);
			}
			return true;
		});
	}

	private boolean planAgainIfStale(ChunkTask task) {
		return this.database.inTransaction((jdbc) -> {
			ChunkStore chunks = new ChunkStore(jdbc);
			boolean stale = chunks.lock(task.change(), task.phase()) && this.source.isStale(jdbc, task);
			if (stale) {
				chunks.forget(task);
			}
			return stale;
		});
	}

	private boolean work(ChunkTask task, WorkerOptions options, StopSignal stop) {
		ExecutorService threads = Executors.newFixedThreadPool(options.workers(),
				(work) -> daemon(work, "concertina-%s".formatted(task.change())));
		try {
			List<Future<Boolean>> workers = new ArrayList<>();
			for (int number = 0; number < options.workers(); number++) {
				ChunkWorker worker = new ChunkWorker(this.database, task, options.sizing(), this.throttle,
						this.listener);
				workers.add(threads.submit(() -> worker.run(stop)));
			}
			return allDone(workers);
		}
		finally {
			threads.shutdown();
		}
	}

	private static Thread daemon(Runnable work, String name) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		return thread;
	}

	private static boolean allDone(List<Future<Boolean>> workers) {
		boolean done = true;
		for (Future<Boolean> worker : workers) {
			done &= result(worker);
		}
		return done;
	}

	private static boolean result(Future<Boolean> worker) {
		try {
			return worker.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new ConcertinaException("A worker ended: %s".formatted(ex.getCause()), "See the cause.", ex);
		}
	}

}
