package dev.concertina.autoconfigure;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.util.function.SingletonSupplier;

import dev.concertina.Concertina;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.foreground.PoolSaturation;
import dev.concertina.throttle.Signal;

/**
 * A database beside the first one, with a Flyway and changes of its own: what works on
 * it. What the application has added for all changes, such as conditions, listeners,
 * throttles and tasks, is asked here as well.
 */
final class FurtherDatabase {

	private final TargetDatabase target;

	private final Flyway flyway;

	private final DataSource writtenBy;

	private final ConcertinaFactory factory;

	private final ContractHistory ddl;

	private final StartupEvents events = new StartupEvents();

	private final SingletonSupplier<Concertina> concertina;

	/**
	 * Make a database.
	 * @param flyway what migrates it, without the changes
	 * @param writtenBy how the application writes it
	 * @param definitions its changes
	 * @param factory what makes what runs them
	 */
	FurtherDatabase(Flyway flyway, DataSource writtenBy, ChangeDefinitions definitions, ConcertinaFactory factory) {
		DataSource migrating = flyway.getConfiguration().getDataSource();
		this.target = new TargetDatabase(migrating, factory.properties().schemaName(), definitions);
		this.flyway = flyway;
		this.writtenBy = writtenBy;
		this.factory = factory;
		this.ddl = ContractHistory.of(migrating, this.target.schema());
		this.concertina = SingletonSupplier.of(() -> factory.background(this.target, this.ddl, this::measured));
	}

	private Signal measured(Signal signal) {
		return signal.on((signal instanceof PoolSaturation) ? this.writtenBy : this.target.dataSource());
	}

	/**
	 * Return what migrates it before anything else that needs a database is made.
	 */
	FlywayMigrationInitializer initializer(ApplicationStartup startup) {
		StartupMigration migration = new StartupMigration(this.target,
				this.factory.bridge(this.target, this.ddl, this.events), this.events, startup);
		FluentConfiguration configuration = new FluentConfiguration(this.flyway.getConfiguration().getClassLoader())
			.configuration(this.flyway.getConfiguration());
		migration.configure(configuration);
		return new FlywayMigrationInitializer(configuration.load(), migration::migrate);
	}

	TargetDatabase target() {
		return this.target;
	}

	DataSource writtenBy() {
		return this.writtenBy;
	}

	Concertina concertina() {
		return this.concertina.obtain();
	}

	StartupEvents events() {
		return this.events;
	}

}
