package dev.concertina.foreground;

import java.time.Duration;
import java.util.Set;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.CountingMode;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;

import static org.assertj.core.api.Assertions.assertThat;

class ForegroundLatencyTests {

	private static final String REQUESTS = "http.server.requests";

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void isUnknownWithoutTheTimer() {
		assertThat(read(latency(this.registry)))
			.isEqualTo(Advice.unknown("there is no timer http.server.requests, or it has measured nothing yet"));
	}

	@Test
	void isTheMeanSinceTheLastReading() {
		ForegroundLatency latency = latency(this.registry);
		request(this.registry, "/orders", Duration.ofMinutes(1));
		assertThat(read(latency)).isEqualTo(Advice.goOn("measured from now on"));
		request(this.registry, "/orders", Duration.ofSeconds(1));
		request(this.registry, "/customers", Duration.ofMillis(500));
		assertThat(read(latency)).isEqualTo(
				Advice.slower(Duration.ofMillis(500), "http.server.requests takes 750 ms on average (limit 500 ms)"));
		request(this.registry, "/orders", Duration.ofSeconds(1));
		assertThat(read(latency).kind()).isEqualTo(Kind.HOLD);
		request(this.registry, "/orders", Duration.ofMillis(20));
		assertThat(read(latency).kind()).isEqualTo(Kind.GO_ON);
	}

	@Test
	void isNotTheLastOneForEverWhereNobodyAsks() {
		ForegroundLatency latency = latency(this.registry);
		request(this.registry, "/orders", Duration.ofSeconds(1));
		read(latency);
		request(this.registry, "/orders", Duration.ofSeconds(1));
		assertThat(read(latency).kind()).isEqualTo(Kind.HOLD);
		assertThat(read(latency)).isEqualTo(Advice.goOn("nothing was measured"));
	}

	@Test
	void isThatOfTheLastStepWhereARegistryHasSteps() {
		MockClock clock = new MockClock();
		MeterRegistry steps = new SimpleMeterRegistry(new Steps(), clock);
		ForegroundLatency latency = latency(steps);
		for (int count = 0; count < 10; count++) {
			request(steps, "/orders", Duration.ofMillis(100));
		}
		clock.add(Duration.ofMinutes(1));
		assertThat(read(latency).kind()).isEqualTo(Kind.GO_ON);
		for (int count = 0; count < 11; count++) {
			request(steps, "/orders", Duration.ofMillis(200));
		}
		clock.add(Duration.ofMinutes(1));
		assertThat(read(latency).reason()).isEqualTo("http.server.requests takes 200 ms on average (limit 500 ms)");
	}

	@Test
	void isFoundInACompositeRegistry() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM);
		composite.add(new SimpleMeterRegistry());
		ForegroundLatency latency = latency(composite);
		request(composite, "/orders", Duration.ofSeconds(1));
		read(latency);
		request(composite, "/orders", Duration.ofSeconds(1));
		assertThat(read(latency).kind()).isEqualTo(Kind.HOLD);
	}

	private static ForegroundLatency latency(MeterRegistry registry) {
		return new ForegroundLatency(registry, REQUESTS, Limit.of(0.5));
	}

	private static Advice read(ForegroundLatency latency) {
		return latency.read(Set.of());
	}

	private static void request(MeterRegistry registry, String uri, Duration time) {
		registry.timer(REQUESTS, "uri", uri).record(time);
	}

	private static final class Steps implements SimpleConfig {

		@Override
		public @Nullable String get(String key) {
			return null;
		}

		@Override
		public CountingMode mode() {
			return CountingMode.STEP;
		}

	}

}
