package dev.concertina.metrics;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What Prometheus finds of a meter.
 */
final class PrometheusNames {

	private PrometheusNames() {
	}

	static Stream<String> all() {
		return Stream.concat(Stream.of(ConcertinaMeter.values()).flatMap((meter) -> of(meter).stream()),
				Stream.of(ConcertinaObservation.values()).flatMap((observation) -> of(observation).stream()));
	}

	static List<String> of(ConcertinaMeter meter) {
		PrometheusMeterRegistry registry = registry();
		String[] tags = Stream.generate(() -> "x").limit(meter.getKeyNames().length).toArray(String[]::new);
		switch (meter.getType()) {
			case GAUGE -> meter.gauge(registry, () -> 1.0, tags);
			case COUNTER -> meter.counter(registry, tags);
			case TIMER -> meter.timer(registry, tags);
			case DISTRIBUTION_SUMMARY -> meter.summary(registry, tags);
			default -> throw new IllegalArgumentException("%s has a type that nobody makes".formatted(meter));
		}
		return names(registry);
	}

	static List<String> of(ConcertinaObservation observation) {
		PrometheusMeterRegistry registry = registry();
		observe(observation, registry);
		return names(registry);
	}

	static PrometheusMeterRegistry registry() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		registry.config().meterFilter(new ObservedTimers());
		return registry;
	}

	/**
	 * Makes the meters of an observation, as an application does.
	 */
	static void observe(ConcertinaObservation observation, MeterRegistry registry) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		observation.start(observations).stop();
	}

	private static List<String> names(PrometheusMeterRegistry registry) {
		return registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.replaceFirst("[{ ].*", ""))
			.distinct()
			.sorted()
			.toList();
	}

}
