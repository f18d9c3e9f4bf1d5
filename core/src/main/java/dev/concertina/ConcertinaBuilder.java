package dev.concertina;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.change.ChangeId;
import dev.concertina.contract.Approvals;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.throttle.Throttle;

/**
 * Configures {@link Concertina}.
 */
public final class ConcertinaBuilder {

	private final DataSource dataSource;

	private final DdlRunner ddl;

	private final List<Throttle> throttles = new ArrayList<>();

	private final List<GateCondition> conditions = new ArrayList<>();

	private final List<MigrationListener> listeners = new ArrayList<>();

	private ConcertinaOptions options = ConcertinaOptions.defaults();

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
	 * Add what may slow or hold a backfill.
	 * @param throttle the throttle
	 * @return this builder
	 */
	public ConcertinaBuilder throttle(Throttle throttle) {
		this.throttles.add(throttle);
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
		return new Concertina(this.dataSource, this.options, this.ddl, this.throttles, this.conditions, this.listeners,
				this.approvals);
	}

}
