package dev.concertina.autoconfigure;

import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.throttle.Throttle;
import dev.concertina.watch.ChangeWatch;

/**
 * Auto-configuration for Concertina: changes run among Flyway's migrations, and go on in
 * the background.
 *
 * <p>
 * There are two {@link Concertina}s. The one of the bridge works while Flyway migrates,
 * when no bean that needs the database may be made yet. The bean works after that, with
 * the throttles, conditions and listeners of the application.
 */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@ConditionalOnClass({ Flyway.class, FlywayAutoConfiguration.class, JdbcTemplate.class })
@Conditional(MigrationDataSource.Present.class)
@ConditionalOnBooleanProperty(name = "concertina.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConcertinaProperties.class)
public final class ConcertinaAutoConfiguration {

	private static final String ACTOR = "property concertina.approved";

	@Bean
	@ConditionalOnMissingBean
	ChangeDefinitions concertinaChangeDefinitions(ObjectProvider<Change> changes) {
		return new ChangeDefinitions(changes.orderedStream().map(Definition::of).toList());
	}

	@Bean
	@ConditionalOnMissingBean
	TargetDatabase concertinaTargetDatabase(ObjectProvider<DataSource> dataSource,
			@FlywayDataSource ObjectProvider<DataSource> flywayDataSource,
			ObjectProvider<FlywayConnectionDetails> connectionDetails, ChangeDefinitions definitions) {
		MigrationDataSource migration = new MigrationDataSource(flywayDataSource.getIfAvailable(),
				dataSource.getIfUnique(), connectionDetails.getIfAvailable());
		return new TargetDatabase(migration.choose(), definitions);
	}

	@Bean
	@ConditionalOnMissingBean(DdlRunner.class)
	ContractHistory concertinaContractHistory(TargetDatabase database) {
		return ContractHistory.of(database.dataSource());
	}

	@Bean
	@ConditionalOnMissingBean
	StartupEvents concertinaStartupEvents() {
		return new StartupEvents();
	}

	@Bean
	@ConditionalOnMissingBean
	FlywayBridge concertinaFlywayBridge(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties,
			ChangeDefinitions definitions, StartupEvents events) {
		Concertina startup = builder(database, ddl, properties).listener(events::keep).build();
		return new FlywayBridge(startup, definitions.all(), properties.options().locks());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaFlywayConfigurationCustomizer")
	FlywayConfigurationCustomizer concertinaFlywayConfigurationCustomizer(FlywayBridge bridge,
			TargetDatabase database) {
		return (configuration) -> {
			if (database.isSupported()) {
				bridge.configure(configuration);
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean
	FlywayMigrationStrategy concertinaFlywayMigrationStrategy(FlywayBridge bridge, TargetDatabase database) {
		return (flyway) -> {
			if (database.isSupported()) {
				bridge.migrate(flyway);
			}
			else {
				flyway.migrate();
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	Concertina concertina(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties,
			ObjectProvider<Throttle> throttles, ObjectProvider<GateCondition> conditions,
			ObjectProvider<MigrationListener> listeners) {
		ConcertinaBuilder builder = builder(database, ddl, properties);
		throttles.orderedStream().forEach(builder::throttle);
		conditions.orderedStream().forEach(builder::condition);
		listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	Steering concertinaSteering(Concertina concertina) {
		return concertina.steering();
	}

	@Bean
	@ConditionalOnMissingBean
	ConcertinaLifecycle concertinaLifecycle(Concertina concertina, TargetDatabase database,
			ConcertinaProperties properties, ChangeDefinitions definitions, StartupEvents events,
			ObjectProvider<MigrationListener> listeners) {
		return new ConcertinaLifecycle(concertina, database, properties, definitions, events,
				listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ChangeWatch concertinaChangeWatch(Concertina concertina, TargetDatabase database) {
		return new ChangeWatch(
				() -> (database.isSupported() && concertina.isInstalled()) ? concertina.changes() : List.of(),
				Clock.systemUTC());
	}

	private static ConcertinaBuilder builder(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties) {
		return Concertina.on(database.dataSource(), ddl)
			.options(properties.options())
			.approved(properties.approvedChanges(), ACTOR);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PGConnection.class)
	static class DriverConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CachedPlanWarning concertinaCachedPlanWarning(ObjectProvider<DataSource> dataSource, TargetDatabase database,
				ChangeDefinitions definitions) {
			return new CachedPlanWarning(dataSource.getIfUnique(database::dataSource), definitions);
		}

	}

}
