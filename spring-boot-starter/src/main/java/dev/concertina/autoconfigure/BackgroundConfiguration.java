package dev.concertina.autoconfigure;

import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.Steering;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.contract.GateCondition;
import dev.concertina.event.MigrationListener;
import dev.concertina.execute.DdlRunner;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.Throttle;
import dev.concertina.watch.ChangeWatch;

/**
 * What runs after Flyway has migrated.
 */
@Configuration(proxyBeanMethods = false)
class BackgroundConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@DependsOnDatabaseInitialization
	Concertina concertina(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties, BackfillTasks tasks,
			ChangeDefinitions definitions, ThrottleProperties throttling, ObjectProvider<Signal> signals,
			ObjectProvider<Throttle> throttles, ObjectProvider<GateCondition> conditions,
			ObjectProvider<MigrationListener> listeners) {
		ConcertinaBuilder builder = ConcertinaAutoConfiguration.builder(database, ddl, properties, definitions, tasks);
		builder.signals(throttling.options());
		signals.orderedStream().forEach(builder::signal);
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
