package dev.concertina.autoconfigure;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.backfill.BackfillTask;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.Throttle;

/**
 * Auto-configuration for Concertina: changes run among Flyway's migrations, and go on in
 * the background.
 *
 * <p>
 * Beans are for the database that Spring Boot's Flyway migrates; {@link FurtherDatabases}
 * adds others.
 */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@ConditionalOnClass({ Flyway.class, FlywayAutoConfiguration.class, JdbcTemplate.class })
@Conditional(MigrationDataSource.Present.class)
@ConditionalOnBooleanProperty(name = "concertina.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ConcertinaProperties.class, FleetProperties.class })
@Import({ DefinitionConfiguration.class, StartupConfiguration.class, FleetConfiguration.class,
		SignalConfiguration.class, BackgroundConfiguration.class, FurtherDatabases.class })
public final class ConcertinaAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TargetDatabase concertinaTargetDatabase(ObjectProvider<DataSource> dataSource,
			@ConcertinaDataSource ObjectProvider<DataSource> ownDataSource,
			@FlywayDataSource ObjectProvider<DataSource> flywayDataSource,
			ObjectProvider<FlywayConnectionDetails> connectionDetails, ObjectProvider<SessionNaming> naming,
			ConcertinaProperties properties, ApplicationDefinitions definitions) {
		DataSource own = ownDataSource.getIfAvailable();
		MigrationDataSource migration = new MigrationDataSource(flywayDataSource.getIfAvailable(),
				dataSource.getIfUnique(), connectionDetails.getIfAvailable(), naming.getIfAvailable());
		return new TargetDatabase((own != null) ? own : migration.choose(), properties.schemaName(),
				definitions.first());
	}

	@Bean
	@ConditionalOnMissingBean(DdlRunner.class)
	ContractHistory concertinaContractHistory(TargetDatabase database) {
		return ContractHistory.of(database.dataSource(), database.schema());
	}

	/**
	 * By their names only: what a task needs may need the database, which is not migrated
	 * yet.
	 */
	@Bean
	@ConditionalOnMissingBean
	BackfillTasks concertinaBackfillTasks(ListableBeanFactory beans) {
		BackfillTasks tasks = BackfillTasks.none();
		for (String name : beans.getBeanNamesForType(BackfillTask.class, true, false)) {
			tasks = tasks.with(name, () -> beans.getBean(name, BackfillTask.class));
		}
		return tasks;
	}

	@Bean
	@ConditionalOnMissingBean
	ConcertinaFactory concertinaFactory(ConcertinaProperties properties, FleetProperties fleet,
			ThrottleProperties throttling, BackfillTasks tasks, ObjectProvider<Signal> signals,
			ObjectProvider<Throttle> throttles, ObjectProvider<GateCondition> conditions,
			ObjectProvider<MigrationListener> listeners) {
		return new ConcertinaFactory(properties, fleet, throttling, tasks, signals, throttles, conditions, listeners);
	}

}
