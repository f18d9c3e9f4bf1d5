package dev.concertina.flyway;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Lets Flyway use one connection for migrations and history, which it does only without
 * its transactional lock. So both are committed together, and nothing that waits for open
 * transactions, such as {@code CREATE INDEX CONCURRENTLY}, waits for Flyway's own.
 */
final class OneConnection {

	private OneConnection() {
	}

	static FluentConfiguration of(FluentConfiguration configuration) {
		PostgreSQLConfigurationExtension postgresql = configuration.getPluginRegister()
			.getExact(PostgreSQLConfigurationExtension.class);
		postgresql.setTransactionalLock(false);
		return configuration;
	}

}
