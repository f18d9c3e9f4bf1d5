package dev.concertina.flyway;

import java.sql.Connection;
import java.util.function.Consumer;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;

/**
 * One step behind the startup, as a repeatable migration: it has no place in the order of
 * versions, as it may run weeks later, and runs once for each compiled plan.
 *
 * @param change the change
 * @param phase the phase of the step
 * @param number the number of the step in its phase
 * @param step the step
 * @param execution what runs the statements on a connection
 */
record StepMigration(ChangeRecord change, Phase phase, int number, Ddl step,
		Consumer<Connection> execution) implements JavaMigration {

	private static final int MAX_DESCRIPTION = 200;

	@Override
	@SuppressWarnings("NullAway") // Flyway's way to say that a migration is repeatable
	public @Nullable MigrationVersion getVersion() {
		return null;
	}

	@Override
	public String getDescription() {
		String text = "%s %s: %s %d: %s".formatted(this.change.version(), this.change.id(), this.phase, this.number + 1,
				this.step.description());
		return text.substring(0, Math.min(MAX_DESCRIPTION, text.length()));
	}

	@Override
	public Integer getChecksum() {
		return this.change.plan().fingerprint().checksum();
	}

	@Override
	public boolean canExecuteInTransaction() {
		return this.step.mode() != Ddl.Mode.CONCURRENT;
	}

	@Override
	public void migrate(Context context) {
		this.execution.accept(context.getConnection());
	}

}
