package dev.concertina.autoconfigure;

import java.util.function.UnaryOperator;

import org.springframework.beans.factory.ObjectProvider;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.Throttle;

/**
 * Makes the two {@link Concertina}s of a database. The first one works while Flyway
 * migrates, when no bean that needs the database may be made yet. The second one works
 * after that, with the throttles, conditions and listeners of the application.
 *
 * @param properties how changes are run
 * @param fleet how instances know of each other
 * @param throttling how signals are read
 * @param tasks what computes rows in Java
 * @param signals the signals of the first database
 */
record ConcertinaFactory(ConcertinaProperties properties, FleetProperties fleet, ThrottleProperties throttling,
		BackfillTasks tasks, ObjectProvider<Signal> signals, ObjectProvider<Throttle> throttles,
		ObjectProvider<GateCondition> conditions, ObjectProvider<MigrationListener> listeners) {

	static final String ACTOR = "property concertina.approved";

	/**
	 * Make what adds the changes to Flyway's migrations, with the one that works
	 * meanwhile.
	 */
	FlywayBridge bridge(TargetDatabase database, DdlRunner ddl, StartupEvents events) {
		return new FlywayBridge(builder(database, ddl).listener(events::keep).build(), database.definitions().all(),
				this.properties.options().locks());
	}

	/**
	 * Make the one that works in the background.
	 * @param of what makes a signal one of the database
	 */
	Concertina background(TargetDatabase database, DdlRunner ddl, UnaryOperator<Signal> of) {
		ConcertinaBuilder builder = builder(database, ddl).signals(this.throttling.options());
		this.signals.orderedStream().map(of).forEach(builder::signal);
		this.throttles.orderedStream().forEach(builder::throttle);
		this.conditions.orderedStream().forEach(builder::condition);
		this.listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	private ConcertinaBuilder builder(TargetDatabase database, DdlRunner ddl) {
		return Concertina.on(database.dataSource(), ddl)
			.options(this.properties.options().withFleet(this.fleet.options()))
			.tasks(this.tasks)
			.approved(this.properties.approvedChanges(database.definitions().ids()), ACTOR);
	}

}
