package dev.concertina.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.Concertina;
import dev.concertina.backfill.BackfillTasks;
import dev.concertina.execute.DdlRunner;
import dev.concertina.flyway.FlywayBridge;

/**
 * What runs while Flyway migrates.
 */
@Configuration(proxyBeanMethods = false)
class StartupConfiguration {

	@Bean
	@ConditionalOnMissingBean
	StartupEvents concertinaStartupEvents() {
		return new StartupEvents();
	}

	@Bean
	@ConditionalOnMissingBean
	FlywayBridge concertinaFlywayBridge(TargetDatabase database, DdlRunner ddl, ConcertinaProperties properties,
			ChangeDefinitions definitions, StartupEvents events, BackfillTasks tasks) {
		Concertina startup = ConcertinaAutoConfiguration.builder(database, ddl, properties, definitions, tasks)
			.listener(events::keep)
			.build();
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

}
