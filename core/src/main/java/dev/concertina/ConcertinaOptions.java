package dev.concertina;

import java.time.Duration;

import dev.concertina.backfill.TaskOptions;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.fleet.FleetOptions;
import dev.concertina.schema.StateSchemaName;

/**
 * How changes are run. Immutable; each method returns a copy.
 *
 * @param schema where the state is; the same for all that is made for a database
 * @param locks how statements that change the structure ask for their locks
 * @param workers how many workers copy, and how large their batches are
 * @param maxConnections how many connections the workers of all changes use at once
 * @param maxPoisonRows how many rows of a step that can't be copied are set aside; one
 * more ends the run
 * @param maxVerdictAge how old the proof of equality may be when the old structure is
 * dropped; an older one is renewed
 * @param soak how long an old structure is out of sight before it is dropped
 * @param poll how often an instance looks for changes that may go on
 * @param tasks how rows are computed in Java
 * @param fleet how instances tell that they are there
 */
public record ConcertinaOptions(StateSchemaName schema, LockOptions locks, WorkerOptions workers, int maxConnections,
		int maxPoisonRows, Duration maxVerdictAge, Duration soak, Duration poll, TaskOptions tasks,
		FleetOptions fleet) {

	/**
	 * Return the defaults: the schema {@code concertina}, one worker without pause, 8
	 * connections, up to 100 poison rows, a proof of at most a day, an old structure that
	 * is dropped as soon as it may be, a look every second, tasks and fleet with their
	 * defaults.
	 * @return the options
	 */
	public static ConcertinaOptions defaults() {
		return new ConcertinaOptions(StateSchemaName.DEFAULT, LockOptions.defaults(), WorkerOptions.defaults(), 8, 100,
				Duration.ofDays(1), Duration.ZERO, Duration.ofSeconds(1), TaskOptions.defaults(),
				FleetOptions.defaults());
	}

	/**
	 * Return the options with another schema. It stays what it was at the first start.
	 * @param value where the state is
	 * @return the options
	 */
	public ConcertinaOptions withSchema(StateSchemaName value) {
		return new ConcertinaOptions(value, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with other locks.
	 * @param value how statements ask for their locks
	 * @return the options
	 */
	public ConcertinaOptions withLocks(LockOptions value) {
		return new ConcertinaOptions(this.schema, value, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with other workers.
	 * @param value how many workers, and how large their batches are
	 * @return the options
	 */
	public ConcertinaOptions withWorkers(WorkerOptions value) {
		return new ConcertinaOptions(this.schema, this.locks, value, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with another pause.
	 * @param value how long a worker rests between two batches
	 * @return the options
	 */
	public ConcertinaOptions withPause(Duration value) {
		return withWorkers(this.workers.withPause(value));
	}

	/**
	 * Return the options with another number of connections.
	 * @param value how many the workers of all changes use at once
	 * @return the options
	 */
	public ConcertinaOptions withMaxConnections(int value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, value, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with another limit of poison rows.
	 * @param value how many rows of a step that can't be copied are set aside, 0 to end
	 * at the first
	 * @return the options
	 */
	public ConcertinaOptions withMaxPoisonRows(int value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, value,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with another age of the proof.
	 * @param value how old the proof of equality may be
	 * @return the options
	 */
	public ConcertinaOptions withMaxVerdictAge(Duration value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				value, this.soak, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with another time out of sight.
	 * @param value how long an old structure is out of sight before it is dropped; zero
	 * to drop it at once
	 * @return the options
	 */
	public ConcertinaOptions withSoak(Duration value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, value, this.poll, this.tasks, this.fleet);
	}

	/**
	 * Return the options with another interval.
	 * @param value how often to look for changes that may go on
	 * @return the options
	 */
	public ConcertinaOptions withPoll(Duration value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, value, this.tasks, this.fleet);
	}

	/**
	 * Return the options with other tasks.
	 * @param value how rows are computed in Java
	 * @return the options
	 */
	public ConcertinaOptions withTasks(TaskOptions value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, value, this.fleet);
	}

	/**
	 * Return the options with another fleet.
	 * @param value how instances tell that they are there
	 * @return the options
	 */
	public ConcertinaOptions withFleet(FleetOptions value) {
		return new ConcertinaOptions(this.schema, this.locks, this.workers, this.maxConnections, this.maxPoisonRows,
				this.maxVerdictAge, this.soak, this.poll, this.tasks, value);
	}

}
