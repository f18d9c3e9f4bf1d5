package dev.concertina.story;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationListener;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a trace or another handler of observations sees of a change.
 */
@PostgresTest
class ObservationIntegrationTests {

	private static final String APPROVED = "concertina.approved=mail_to_email";

	@Test
	void isEachPhaseOnceAndEachBatch(TestDatabase database) {
		Customers.fill(database, 20_000);
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(Observer.class, Batches.class),
				APPROVED, "concertina.backfill.max-locked-rows=1000")) {
			Customers.await(shop, Customers.COMPLETED);
			Observer observer = shop.getBean(Observer.class);
			Customers.await()
				.untilAsserted(() -> assertThat(observer.seen("concertina.phase")).containsExactly("BACKFILL done",
						"VERIFY done", "CONTRACT done"));
			assertThat(observer.seen("concertina.batch")).hasSizeGreaterThan(20)
				.hasSameSizeAs(shop.getBean(Batches.class).phases)
				.containsOnly("BACKFILL done", "VERIFY done");
			assertThat(observer.stopped).as("each is a trace of its own")
				.extracting(Observation.Context::getParentObservation)
				.containsOnlyNulls();
		}
	}

	@Test
	void isATimerToo(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED)) {
			Customers.await(shop, Customers.COMPLETED);
			MeterRegistry meters = shop.getBean(MeterRegistry.class);
			assertThat(meters.get("concertina.batch")
				.tags("change", "mail_to_email", "phase", "BACKFILL", "outcome", "done", "error", "none")
				.timer()
				.count()).isPositive();
			assertThat(meters.get("concertina.batch").timer().getId().getDescription()).isNotBlank();
			assertThat(buckets(meters)).hasSize(12).contains(0.1);
		}
	}

	@Test
	void isATimerWithTheBucketsThatAreSet(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database, APPROVED,
				"management.metrics.distribution.slo.concertina.batch=250ms,4s")) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(buckets(shop.getBean(MeterRegistry.class))).containsExactly(0.25, 4.0);
		}
	}

	@Test
	void isNothingWhereItIsSwitchedOff(TestDatabase database) {
		Customers.fill(database, 100);
		try (ConfigurableApplicationContext shop = Shop.start(database, List.of(Observer.class), APPROVED,
				"management.observations.enable.concertina=false")) {
			Customers.await(shop, Customers.COMPLETED);
			assertThat(shop.getBean(Observer.class).stopped).isEmpty();
		}
	}

	private static List<Double> buckets(MeterRegistry meters) {
		return Stream.of(meters.get("concertina.batch").timer().takeSnapshot().histogramCounts())
			.map((count) -> count.bucket(TimeUnit.SECONDS))
			.toList();
	}

	static class Observer implements ObservationHandler<Observation.Context> {

		private static final Set<String> OURS = Set.of("concertina.batch", "concertina.phase");

		private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return OURS.contains(context.getName());
		}

		List<String> seen(String name) {
			return this.stopped.stream()
				.filter((context) -> name.equals(context.getName()))
				.map((context) -> "%s %s".formatted(value(context, "phase"), value(context, "outcome")))
				.toList();
		}

		private static String value(Observation.Context context, String key) {
			return Objects.requireNonNull(context.getLowCardinalityKeyValue(key), key).getValue();
		}

	}

	static class Batches implements MigrationListener {

		private final List<String> phases = new CopyOnWriteArrayList<>();

		@Override
		public void on(MigrationEvent event) {
			if (event instanceof BatchFinished batch) {
				this.phases.add(batch.phase().name());
			}
		}

	}

}
