package dev.concertina;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.concertina.backfill.BackfillTasks;
import dev.concertina.backfill.Backfiller;
import dev.concertina.change.ChangeId;
import dev.concertina.change.ChangeVersion;
import dev.concertina.change.Definition;
import dev.concertina.chunk.ChunkSource;
import dev.concertina.chunk.ChunkWorkers;
import dev.concertina.contract.Approvals;
import dev.concertina.contract.Gate;
import dev.concertina.contract.GateCondition;
import dev.concertina.contract.MissedStructures;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.ChangeRunner;
import dev.concertina.execute.DdlExecution;
import dev.concertina.execute.DdlRunner;
import dev.concertina.execute.LockRetry;
import dev.concertina.execute.LoggingListener;
import dev.concertina.execute.PhaseExecutor;
import dev.concertina.execute.Preflight;
import dev.concertina.execute.Rollback;
import dev.concertina.execute.StartupPhases;
import dev.concertina.explain.Ejection;
import dev.concertina.explain.Explanation;
import dev.concertina.explain.FlywayScript;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.fleet.Fleet;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Plan;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.LogEntry;
import dev.concertina.state.Mismatch;
import dev.concertina.state.PoisonRow;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.throttle.Brakes;
import dev.concertina.throttle.StopSignal;
import dev.concertina.verify.Verifier;

/**
 * Changes a live schema: runs changes at startup and in the background, tells how far
 * they are, and lets people steer them.
 */
public final class Concertina {

	private final Database database;

	private final Duration lockTimeout;

	private final StartupPhases startup;

	private final ChangeStatuses statuses;

	private final Supplier<ChangeRunner> runners;

	private final Steering steering;

	private final MissedStructures missed;

	private final BackfillTasks tasks;

	private volatile ChangeRunner runner;

	private volatile StopSignal stop = new StopSignal();

	Concertina(Database database, ConcertinaOptions options, DdlRunner ddl, Brakes brakes, BackfillTasks tasks,
			List<GateCondition> conditions, List<MigrationListener> listeners, Approvals approvals) {
		this.database = database;
		this.tasks = tasks;
		this.lockTimeout = options.locks().timeout();
		MigrationListener listener = MigrationListener.all(Stream.concat(
				Stream.of(new LoggingListener(options.schema(),
						(change, phase) -> ChangeStatuses.progress(database, change, phase), Clock.systemUTC())),
				listeners.stream())
			.toList());
		LockRetry locks = new LockRetry(options.locks(), listener);
		ChunkWorkers workers = new ChunkWorkers(this.database, ChunkSource.ranges(), options.maxConnections(), brakes,
				listener);
		this.startup = new StartupPhases(options.schema(), locks);
		Gate gate = new Gate(this.database, Fleet.of(this.database.dataSource(), options.schema(), options.fleet()),
				options.maxVerdictAge(), options.tasks().interval(), options.soak(), conditions);
		Backfiller backfiller = new Backfiller(workers, options.maxPoisonRows(), tasks, options.tasks());
		PhaseExecutor executor = new PhaseExecutor(this.database, ddl,
				new DdlExecution(options.schema(), locks, backfiller), backfiller, new Verifier(this.database, workers),
				gate, new Rollback(this.database, ddl, locks), listener);
		this.runners = () -> new ChangeRunner(this.database, executor, approvals, options.workers(), options.poll(),
				listener);
		this.runner = this.runners.get();
		this.statuses = new ChangeStatuses(database, gate, brakes);
		this.missed = new MissedStructures(this.database, listener);
		this.steering = new Steering(this.database, gate, approvals.actor(), () -> this.runner.wake(), listener);
	}

	/**
	 * Start to configure Concertina.
	 * @param dataSource the database whose schema changes
	 * @param ddl what runs the statements of the phases behind the startup
	 * @return a builder
	 */
	public static ConcertinaBuilder on(DataSource dataSource, DdlRunner ddl) {
		return new ConcertinaBuilder(dataSource, ddl);
	}

	/**
	 * Compile the changes that have not run yet, in the order of their versions, against
	 * the structure as it is now, and change nothing. A change whose table only a pending
	 * script makes is refused here, as its turn has not come.
	 * @param definitions all changes of the application
	 * @return what each of them would do
	 * @throws RefusedChangesException with every problem, if there is one
	 */
	public List<Explanation> dryRun(List<Definition> definitions) {
		return new Preflight(this.database.jdbc(), this.tasks).dryRun(definitions)
			.stream()
			.map(this::explanation)
			.toList();
	}

	/**
	 * Compile a change against the structure as it is now, and run expand and dual-write.
	 * @param connection the connection of a migration, in its transaction
	 * @param definition the change
	 */
	public void expand(Connection connection, Definition definition) {
		this.startup.run(connection, definition, this.stop);
	}

	/**
	 * Move a change on, on this thread, until it waits for somebody or is at its end.
	 * @param id the change
	 */
	public void run(ChangeId id) {
		this.runner.run(id);
	}

	/**
	 * Start to move all changes on in the background, also again after a stop. Waits
	 * there for the first migration, and for a database that is not there yet.
	 */
	public synchronized void start() {
		if (this.runner.isStopped()) {
			this.runner = this.runners.get();
			this.stop = new StopSignal();
		}
		this.runner.start();
	}

	/**
	 * Stop at the next batch border.
	 * @param grace how long to wait for the batches in hand
	 * @return whether nothing is at work any more
	 */
	public synchronized boolean stop(Duration grace) {
		this.stop.stop();
		return this.runner.stop(grace);
	}

	/**
	 * Return what lets people steer changes.
	 * @return pause, resume, approve, roll back and so on
	 */
	public Steering steering() {
		return this.steering;
	}

	/**
	 * Return what is told of statements that have failed as they miss something.
	 * @return what looks whether that is out of sight
	 */
	public MissedStructures missed() {
		return this.missed;
	}

	/**
	 * Return what computes rows in Java.
	 * @return the tasks that changes may name
	 */
	public BackfillTasks tasks() {
		return this.tasks;
	}

	/**
	 * Return where the state is.
	 * @return the schema
	 */
	public StateSchemaName schema() {
		return this.database.jdbc().schema();
	}

	/**
	 * Return whether there is anything to tell of: the state schema comes with the first
	 * migration.
	 * @return whether the database has the schema of the state
	 */
	public boolean isInstalled() {
		return StateStore.isInstalled(this.database.jdbc());
	}

	/**
	 * Return where all changes are.
	 * @return the changes in the order of their versions
	 */
	public List<ChangeStatus> changes() {
		return this.statuses.all();
	}

	/**
	 * Return where a change is.
	 * @param id the change
	 * @return its status, or nothing if it was never expanded
	 */
	public Optional<ChangeStatus> change(ChangeId id) {
		return this.statuses.find(id);
	}

	/**
	 * Return what a change does, as it was compiled when it was expanded.
	 * @param id the change
	 * @return the explanation of its plan, or nothing if it was never expanded
	 */
	public Optional<Explanation> explain(ChangeId id) {
		return state().find(id).map(ChangeRecord::plan).map(this::explanation);
	}

	/**
	 * Return a change as files for Flyway alone, which can take the place of its
	 * definition.
	 * @param id the change, which is completed
	 * @return the files
	 */
	public List<FlywayScript> eject(ChangeId id) {
		ChangeRecord change = state().find(id).orElseThrow(() -> new UnknownChangeException(id));
		if (change.state().status() != Status.COMPLETED) {
			throw new RefusedTransitionException(change, "ejected", "Eject it when it is completed.");
		}
		return Ejection.of(new ChangeVersion(change.version()), change.plan());
	}

	/**
	 * Return the history of a change.
	 * @param id the change
	 * @return who moved it, when, from where, to where and why; oldest first
	 */
	public List<LogEntry> history(ChangeId id) {
		return state().history(id);
	}

	/**
	 * Return rows that the last comparison has found unequal.
	 * @param id the change
	 * @param limit how many at most
	 * @return the keys of the rows
	 */
	public List<Mismatch> mismatches(ChangeId id, int limit) {
		return state().mismatches(id, limit);
	}

	/**
	 * Return rows that could not be copied.
	 * @param id the change
	 * @param limit how many at most
	 * @return the rows, with what PostgreSQL said of them
	 */
	public List<PoisonRow> poisonRows(ChangeId id, int limit) {
		return state().poisonRows(id, limit);
	}

	private StateStore state() {
		return StateStore.jdbc(this.database.jdbc());
	}

	private Explanation explanation(Plan plan) {
		return new Explanation(plan, this.lockTimeout);
	}

}
