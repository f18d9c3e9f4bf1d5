package dev.concertina.sample.terminal;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.concertina.sample.traffic.Requests.Figures;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTests {

	@Test
	void tellsHowCustomersAreServed() {
		Figures figures = new Figures(12_345, 0, Duration.ofMillis(2), Duration.ofNanos(4_400_000),
				Duration.ofMillis(31));
		assertThat(Terminal.line(figures)).isEqualTo("12,345 requests, 0 failed, p99 4 ms, longest 31 ms");
	}

}
