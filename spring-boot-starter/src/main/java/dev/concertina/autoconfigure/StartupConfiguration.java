package dev.concertina.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	FlywayBridge concertinaFlywayBridge(ConcertinaFactory factory, TargetDatabase database, DdlRunner ddl,
			StartupEvents events) {
		return factory.bridge(database, ddl, events);
	}

	@Bean
	@ConditionalOnMissingBean
	StartupMigration concertinaStartupMigration(TargetDatabase database, FlywayBridge bridge, StartupEvents events,
			ConfigurableApplicationContext context) {
		return new StartupMigration(database, bridge, events, context.getApplicationStartup());
	}

	@Bean
	@ConditionalOnMissingBean(name = "concertinaFlywayConfigurationCustomizer")
	FlywayConfigurationCustomizer concertinaFlywayConfigurationCustomizer(StartupMigration migration) {
		return migration::configure;
	}

	@Bean
	@ConditionalOnMissingBean
	FlywayMigrationStrategy concertinaFlywayMigrationStrategy(StartupMigration migration) {
		return migration::migrate;
	}

}
