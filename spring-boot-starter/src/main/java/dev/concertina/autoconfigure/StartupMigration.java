package dev.concertina.autoconfigure;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import dev.concertina.flyway.FlywayBridge;

/**
 * Changes among the migrations of a database, if it is one that Concertina knows.
 *
 * @param database the database
 * @param bridge what adds the changes
 */
record StartupMigration(TargetDatabase database, FlywayBridge bridge) {

	void configure(FluentConfiguration configuration) {
		if (this.database.isSupported()) {
			this.bridge.configure(configuration);
		}
	}

	void migrate(Flyway flyway) {
		if (this.database.isSupported()) {
			this.bridge.migrate(flyway);
		}
		else {
			flyway.migrate();
		}
	}

}
