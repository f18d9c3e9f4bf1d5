package dev.concertina.chunk;

import java.util.List;
import java.util.concurrent.Semaphore;

import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.throttle.StopSignal;
import dev.concertina.throttle.Throttle;

/**
 * Goes over a table with a number of workers.
 */
public final class ChunkWorkers {

	private final Database database;

	private final ChunkSource source;

	private final Semaphore connections;

	private final Throttle throttle;

	private final MigrationListener listener;

	/**
	 * Make workers.
	 * @param database the database
	 * @param source how tables are cut into chunks
	 * @param maxConnections how many connections all workers use at once at most; those
	 * of several changes take turns
	 * @param throttle what may slow the workers
	 * @param listener who wants to know of each batch
	 */
	public ChunkWorkers(Database database, ChunkSource source, int maxConnections, Throttle throttle,
			MigrationListener listener) {
		this.database = database;
		this.source = source;
		this.connections = new Semaphore(maxConnections, true);
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

	/**
	 * Go over a table if it is cut already, as {@link #run} does.
	 * @param task the table and what to do
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether the table is done, or not cut
	 */
	public boolean runIfPlanned(ChunkTask task, WorkerOptions options, StopSignal stop) {
		return !new ChunkStore(this.database.jdbc()).isPlanned(task) || run(task, options, stop);
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
		return new Crew(this.database, task, options, this.connections, this.throttle, this.listener).run(stop);
	}

}
