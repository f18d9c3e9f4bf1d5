package dev.concertina.sample.traffic;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.concertina.sample.traffic.Requests.Figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RequestsTests {

	private final Requests requests = new Requests();

	@Test
	void tellsPercentilesWithinAThousandth() {
		for (int millis = 1; millis <= 1_000; millis++) {
			this.requests.served(Duration.ofMillis(millis));
		}
		Figures figures = this.requests.total();
		assertThat(figures.median().toNanos()).isCloseTo(500_000_000L, within(500_000L));
		assertThat(figures.p99().toNanos()).isCloseTo(990_000_000L, within(990_000L));
		assertThat(figures.longest().toNanos()).isCloseTo(1_000_000_000L, within(1_000_000L));
	}

	@Test
	void forgetsLatenciesThatWereTold() {
		this.requests.served(Duration.ofSeconds(2));
		this.requests.recent();
		this.requests.served(Duration.ofMillis(3));
		assertThat(this.requests.recent().longest()).isLessThan(Duration.ofMillis(4));
		assertThat(this.requests.total().longest()).isGreaterThan(Duration.ofMillis(1_990));
	}

	@Test
	void countsAllRequestsSinceTheStart() {
		this.requests.served(Duration.ofMillis(1));
		this.requests.recent();
		this.requests.served(Duration.ofMillis(1));
		this.requests.failed("old-1", new IllegalStateException("test"));
		Figures figures = this.requests.recent();
		assertThat(figures.served()).isEqualTo(2);
		assertThat(figures.failed()).isEqualTo(1);
	}

	@Test
	void hasNothingToTellAtFirst() {
		assertThat(this.requests.total()).isEqualTo(new Figures(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
	}

}
