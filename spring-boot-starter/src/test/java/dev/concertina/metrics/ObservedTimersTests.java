package dev.concertina.metrics;

import java.time.Duration;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedTimersTests {

	private final PrometheusMeterRegistry registry = PrometheusNames.registry();

	@Test
	void areDescribed() {
		PrometheusNames.observe(ConcertinaObservation.BATCH, this.registry);
		PrometheusNames.observe(ConcertinaObservation.PHASE, this.registry);
		assertThat(this.registry.getMeters()).hasSize(4)
			.extracting(Meter::getId)
			.allSatisfy((id) -> assertThat(id.getDescription()).isNotBlank());
	}

	@Test
	void ofBatchesHaveBucketsAroundTheTimeThatABatchShouldTake() {
		PrometheusNames.observe(ConcertinaObservation.BATCH, this.registry);
		assertThat(buckets(this.registry, "concertina.batch")).hasSize(12).contains(0.05, 0.1, 0.15, 10.0);
	}

	@Test
	void ofPhasesHaveNone() {
		PrometheusNames.observe(ConcertinaObservation.PHASE, this.registry);
		assertThat(buckets(this.registry, "concertina.phase")).isEmpty();
	}

	@Test
	void takeTheBucketsThatSomebodyElseSets() {
		PrometheusMeterRegistry other = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		other.config().meterFilter(new OneSecond()).meterFilter(new ObservedTimers());
		PrometheusNames.observe(ConcertinaObservation.BATCH, other);
		assertThat(buckets(other, "concertina.batch")).containsExactly(1.0);
	}

	@Test
	void leaveOthersAlone() {
		SimpleMeterRegistry others = new SimpleMeterRegistry();
		others.config().meterFilter(new ObservedTimers());
		assertThat(others.timer("http.server.requests").getId().getDescription()).isNull();
		assertThat(others.timer("http.server.requests").takeSnapshot().histogramCounts()).isEmpty();
	}

	private static double[] buckets(MeterRegistry registry, String timer) {
		CountAtBucket[] counts = registry.get(timer).timer().takeSnapshot().histogramCounts();
		return Stream.of(counts).mapToDouble((count) -> count.bucket() / 1e9).toArray();
	}

	/**
	 * As the properties of Spring Boot do.
	 */
	private static final class OneSecond implements MeterFilter {

		@Override
		public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
			return DistributionStatisticConfig.builder()
				.serviceLevelObjectives((double) Duration.ofSeconds(1).toNanos())
				.build()
				.merge(config);
		}

	}

}
