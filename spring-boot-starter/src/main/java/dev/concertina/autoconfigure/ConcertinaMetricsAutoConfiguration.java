package dev.concertina.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.concertina.foreground.ForegroundLatency;
import dev.concertina.metrics.ChangeGauges;
import dev.concertina.metrics.ConcertinaMeters;
import dev.concertina.metrics.ObservedTimers;
import dev.concertina.metrics.ShadowMeters;
import dev.concertina.watch.ChangeWatch;

/**
 * Auto-configuration for the meters of changes, and for the signal that a meter gives.
 */
@AutoConfiguration(after = ConcertinaAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, ChangeWatch.class })
public final class ConcertinaMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConcertinaMeters concertinaMeters(MeterRegistry registry) {
		return new ConcertinaMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("concertina.throttle.foreground-latency.enabled")
	ForegroundLatency concertinaForegroundLatency(MeterRegistry registry, ThrottleProperties properties) {
		ThrottleProperties.ForegroundLatency latency = properties.foregroundLatency();
		return new ForegroundLatency(registry, latency.timer(), latency.time());
	}

	@Bean
	@ConditionalOnMissingBean
	ObservedTimers concertinaObservedTimers() {
		return new ObservedTimers();
	}

	@Bean
	@ConditionalOnMissingBean
	ShadowMeters concertinaShadowMeters(MeterRegistry registry) {
		return new ShadowMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ChangeGauges concertinaChangeGauges(ChangeWatch watch) {
		return new ChangeGauges(watch);
	}

}
