package dev.concertina.sample;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.concertina.Concertina;
import dev.concertina.change.ChangeFiles;
import dev.concertina.change.ChangeReader;
import dev.concertina.change.Definition;
import dev.concertina.execute.LockOptions;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.operation.Operations;

/**
 * What the starter will do.
 */
@Configuration(proxyBeanMethods = false)
class HandWiring {

	@Bean
	Concertina concertina(DataSource dataSource) {
		return Concertina.on(dataSource, ContractHistory.of(dataSource)).build();
	}

	@Bean
	FlywayBridge flywayBridge(Concertina concertina) {
		List<Definition> definitions = new ChangeReader(Operations.catalog())
			.read(ChangeFiles.load(HandWiring.class.getClassLoader(), "classpath:db/evolution"));
		return new FlywayBridge(concertina, definitions, LockOptions.defaults());
	}

	@Bean
	FlywayConfigurationCustomizer concertinaCustomizer(FlywayBridge bridge) {
		return bridge::configure;
	}

	@Bean
	FlywayMigrationStrategy concertinaStrategy(FlywayBridge bridge) {
		return bridge::migrate;
	}

	@Bean
	SmartLifecycle concertinaLifecycle(Concertina concertina) {
		return new SmartLifecycle() {
			private volatile boolean running;

			@Override
			public void start() {
				concertina.start();
				this.running = true;
			}

			@Override
			public void stop() {
				this.running = false;
				concertina.stop(Duration.ofSeconds(10));
			}

			@Override
			public boolean isRunning() {
				return this.running;
			}
		};
	}

}
