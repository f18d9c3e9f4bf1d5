package dev.concertina.chunk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.springframework.dao.DataAccessException;

import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
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
	 * @throws ChangedTableException if a table is not what it was at the expand
	 */
	public boolean plan(List<ChunkTask> tasks) {
		return tasks.stream().allMatch((task) -> plan(task).isPresent());
	}

	/**
	 * Go over a table until every chunk is done, here or on another instance, also those
	 * of what was rewritten or attached meanwhile.
	 * @param task the table and what to do
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether the table is done; {@code false} if the work was stopped or the
	 * change left the phase
	 * @throws ChangedTableException if the table is not what it was at the expand
	 */
	public boolean run(ChunkTask task, WorkerOptions options, StopSignal stop) {
		Optional<Boolean> open = plan(task);
		if (open.isEmpty()) {
			return false;
		}
		while (open.orElse(false)) {
			if (!work(task, options, stop)) {
				return false;
			}
			open = plan(task);
		}
		return true;
	}

	/**
	 * Go over what is cut already, and nothing else of the table.
	 * @param task the table and what to do
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether that is done; {@code false} if the work was stopped or the change
	 * left the phase
	 */
	public boolean runPlanned(ChunkTask task, WorkerOptions options, StopSignal stop) {
		return work(task, options, stop);
	}

	/**
	 * Return what belongs to a table and was not gone over, as it was attached since.
	 * @param jdbc the template of the database, or of a transaction
	 * @param task the table and what to do
	 * @return the quoted names of leaf partitions
	 */
	public List<String> unplanned(StateJdbc jdbc, ChunkTask task) {
		return this.source.unplanned(jdbc, task);
	}

	/**
	 * Return whether a chunk is open then, planned here or on another instance; nothing
	 * if the change has left the phase.
	 */
	private Optional<Boolean> plan(ChunkTask task) {
		return this.database.inTransaction((jdbc) -> {
			ChunkStore chunks = new ChunkStore(jdbc);
			if (!chunks.lock(task.change(), task.phase())) {
				return Optional.empty();
			}
			SourceTables.of(jdbc, task.change()).requireUnchanged(task.table());
			this.source.plan(jdbc, task);
			return Optional.of(chunks.isOpen(task));
		});
	}

	/**
	 * What a name or a type is to blame for may be no fault of the plan.
	 */
	private boolean work(ChunkTask task, WorkerOptions options, StopSignal stop) {
		try {
			return new Crew(this.database, task, options, this.connections, this.throttle, this.listener).run(stop);
		}
		catch (DataAccessException ex) {
			SourceTables.of(this.database.jdbc(), task.change()).requireUnchanged(task.table());
			throw ex;
		}
	}

}
