package dev.concertina.autoconfigure;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

import dev.concertina.flyway.FlywayBridge;

/**
 * Changes among the migrations of a database, if it is one that Concertina knows.
 *
 * @param database the database
 * @param bridge what adds the changes
 * @param events what has happened meanwhile
 * @param startup where people see what a start has waited for
 */
record StartupMigration(TargetDatabase database, FlywayBridge bridge, StartupEvents events,
		ApplicationStartup startup) {

	void configure(FluentConfiguration configuration) {
		if (this.database.isSupported()) {
			this.bridge.configure(configuration);
		}
	}

	void migrate(Flyway flyway) {
		if (this.database.isSupported()) {
			StartupStep step = this.startup.start("concertina.migrate");
			try {
				this.bridge.migrate(flyway);
			}
			finally {
				step.tag("changes", this.database.definitions().ids().toString());
				this.events.blockers().ifPresent((blockers) -> step.tag("waited for", blockers));
				step.end();
			}
		}
		else {
			flyway.migrate();
		}
	}

}
