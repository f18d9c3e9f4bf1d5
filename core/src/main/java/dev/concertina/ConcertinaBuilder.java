package dev.concertina;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.backfill.BackfillTask;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.change.ChangeId;
import dev.concertina.contract.Approvals;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.jdbc.Database;
import dev.concertina.schema.TableName;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.Brakes;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.SignalOptions;
import dev.concertina.throttle.Throttle;

/**
 * Configures {@link Concertina}.
 */
public final class ConcertinaBuilder {

	private final DataSource dataSource;

	private final DdlRunner ddl;

	private final List<Throttle> throttles = new ArrayList<>();

	private final List<Signal> signals = new ArrayList<>();

	private final List<GateCondition> conditions = new ArrayList<>();

	private final List<MigrationListener> listeners = new ArrayList<>();

	private BackfillTasks tasks = BackfillTasks.none();

	private ConcertinaOptions options = ConcertinaOptions.defaults();

	private SignalOptions signalOptions = SignalOptions.defaults();

	private Approvals approvals = new Approvals(Set.of(), "");

	ConcertinaBuilder(DataSource dataSource, DdlRunner ddl) {
		this.dataSource = dataSource;
		this.ddl = ddl;
	}

	/**
	 * Set how changes are run.
	 * @param value the options
	 * @return this builder
	 */
	public ConcertinaBuilder options(ConcertinaOptions value) {
		this.options = value;
		return this;
	}

	/**
	 * Add a load that may slow or hold a backfill, and is measured now and then.
	 * @param signal the signal
	 * @return this builder
	 */
	public ConcertinaBuilder signal(Signal signal) {
		this.signals.add(signal);
		return this;
	}

	/**
	 * Set how signals are read.
	 * @param value how often, and how long they hold
	 * @return this builder
	 */
	public ConcertinaBuilder signals(SignalOptions value) {
		this.signalOptions = value;
		return this;
	}

	/**
	 * Add what may slow or hold a backfill, and is asked before each batch.
	 * @param throttle the throttle
	 * @return this builder
	 */
	public ConcertinaBuilder throttle(Throttle throttle) {
		this.throttles.add(throttle);
		return this;
	}

	/**
	 * Add what computes rows in Java.
	 * @param name the name that changes use
	 * @param task the task
	 * @return this builder
	 */
	public ConcertinaBuilder task(String name, BackfillTask<?> task) {
		return tasks(this.tasks.with(name, () -> task));
	}

	/**
	 * Set all that computes rows in Java.
	 * @param value the tasks by their names
	 * @return this builder
	 */
	public ConcertinaBuilder tasks(BackfillTasks value) {
		this.tasks = value;
		return this;
	}

	/**
	 * Add what must be so before the old structure is dropped.
	 * @param condition the condition
	 * @return this builder
	 */
	public ConcertinaBuilder condition(GateCondition condition) {
		this.conditions.add(condition);
		return this;
	}

	/**
	 * Add who wants to know what happens.
	 * @param listener the listener
	 * @return this builder
	 */
	public ConcertinaBuilder listener(MigrationListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Set the changes that are approved by the application itself. The approvals are
	 * recorded when the changes are run.
	 * @param changes the changes that may drop the old structure
	 * @param actor who says so, for the history
	 * @return this builder
	 */
	public ConcertinaBuilder approved(Collection<ChangeId> changes, String actor) {
		this.approvals = new Approvals(Set.copyOf(changes), actor);
		return this;
	}

	/**
	 * Return Concertina, not started.
	 * @return the new instance
	 */
	public Concertina build() {
		Database database = new Database(this.dataSource, this.options.schema());
		Brakes brakes = new Brakes(this.signals, this.signalOptions, this.throttles,
				(change) -> tables(database, change));
		return new Concertina(database, this.options, this.ddl, brakes, this.tasks, this.conditions, this.listeners,
				this.approvals);
	}

	private static Set<TableName> tables(Database database, ChangeId change) {
		return StateStore.jdbc(database.jdbc()).find(change).map((found) -> found.plan().tables()).orElse(Set.of());
	}

}
