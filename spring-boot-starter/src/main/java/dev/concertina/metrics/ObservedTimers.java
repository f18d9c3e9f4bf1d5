package dev.concertina.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

/**
 * Gives the timers that Micrometer makes of our observations what it can't know: their
 * descriptions, and, to that of batches, buckets around the time that a batch should
 * take. Somebody else's word on the buckets stands.
 */
public class ObservedTimers implements MeterFilter {

	private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
		.serviceLevelObjectives(IntStream.of(10, 25, 50, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)
			.mapToDouble((millis) -> Duration.ofMillis(millis).toNanos())
			.toArray())
		.build();

	@Override
	public Meter.Id map(Meter.Id id) {
		return description(id)
			.map((description) -> new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(),
					description, id.getType()))
			.orElse(id);
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		return id.getName().equals(ConcertinaObservation.BATCH.getName()) ? config.merge(BUCKETS) : config;
	}

	private static Optional<String> description(Meter.Id id) {
		for (ConcertinaObservation observation : ConcertinaObservation.values()) {
			if (id.getName().equals(observation.getName())) {
				return Optional.of(observation.description());
			}
			if (id.getName().equals(observation.getName() + ".active")) {
				return Optional.of("The same, while it goes on");
			}
		}
		return Optional.empty();
	}

}
