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

import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.backfill.BackfillTask;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.ContractHistory;

/**
 * Auto-configuration for Concertina: changes run among Flyway's migrations, and go on in
 * the background.
 *
 * <p>
 * There are two {@link Concertina}s. The one of {@link StartupConfiguration} works while
 * Flyway migrates, when no bean that needs the database may be made yet. The one of
 * {@link BackgroundConfiguration} works after that, with the throttles, conditions and
 * listeners of the application.
 */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@ConditionalOnClass({ Flyway.class, FlywayAutoConfiguration.class, JdbcTemplate.class })
@Conditional(MigrationDataSource.Present.class)
@ConditionalOnBooleanProperty(name = "concertina.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConcertinaProperties.class)
@Import({ DefinitionConfiguration.class, StartupConfiguration.class, FleetConfiguration.class,
		SignalConfiguration.class, BackgroundConfiguration.class })
public final class ConcertinaAutoConfiguration {

	static final String ACTOR = "property concertina.approved";

	@Bean
	@ConditionalOnMissingBean
	TargetDatabase concertinaTargetDatabase(ObjectProvider<DataSource> dataSource,
			@ConcertinaDataSource ObjectProvider<DataSource> ownDataSource,
			@FlywayDataSource ObjectProvider<DataSource> flywayDataSource,
			ObjectProvider<FlywayConnectionDetails> connectionDetails, ObjectProvider<SessionNaming> naming,
			ConcertinaProperties properties, ChangeDefinitions definitions) {
		DataSource own = ownDataSource.getIfAvailable();
		MigrationDataSource migration = new MigrationDataSource(flywayDataSource.getIfAvailable(),
				dataSource.getIfUnique(), connectionDetails.getIfAvailable(), naming.getIfAvailable());
		return new TargetDatabase((own != null) ? own : migration.choose(), properties.schemaName(), definitions);
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

	static ConcertinaBuilder builder(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties,
			ChangeDefinitions definitions, BackfillTasks tasks) {
		return Concertina.on(database.dataSource(), ddl)
			.options(properties.options())
			.tasks(tasks)
			.approved(properties.approvedChanges(definitions.ids()), ACTOR);
	}

}
