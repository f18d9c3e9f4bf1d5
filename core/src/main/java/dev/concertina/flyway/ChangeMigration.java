package dev.concertina.flyway;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

import dev.concertina.Concertina;
import dev.concertina.change.Definition;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.state.StateStore;

/**
 * A change in the application's own history: its expand and dual-write at its version,
 * with the fingerprint of its definition as checksum.
 */
final class ChangeMigration implements JavaMigration {

	private final Concertina concertina;

	private final Definition definition;

	ChangeMigration(Concertina concertina, Definition definition) {
		this.concertina = concertina;
		this.definition = definition;
	}

	Definition definition() {
		return this.definition;
	}

	@Override
	public MigrationVersion getVersion() {
		return MigrationVersion.fromVersion(this.definition.change().version().value());
	}

	@Override
	public String getDescription() {
		return this.definition.change().id().value().replace('_', ' ');
	}

	@Override
	public Integer getChecksum() {
		return this.definition.change().fingerprint().checksum();
	}

	@Override
	public boolean canExecuteInTransaction() {
		return true;
	}

	@Override
	public void migrate(Context context) {
		if (!StateStore.isInstalled(StateJdbc.on(context.getConnection(), this.concertina.schema()))) {
			throw new ConcertinaException(
					"Change '%s' can't be run by Flyway alone".formatted(this.definition.change().id()),
					"Call FlywayBridge.migrate(flyway) in place of flyway.migrate(), also in a FlywayMigrationStrategy.");
		}
		this.concertina.expand(context.getConnection(), this.definition);
	}

}
