package dev.concertina.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.concertina.metrics.ConcertinaObservations;
import dev.concertina.watch.ChangeWatch;

/**
 * Auto-configuration for the observations of batches and phases.
 */
@AutoConfiguration(after = ConcertinaAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, ChangeWatch.class })
public final class ConcertinaObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConcertinaObservations concertinaObservations(ObservationRegistry registry) {
		return new ConcertinaObservations(registry);
	}

}
