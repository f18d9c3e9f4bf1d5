package dev.concertina.metrics;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PauseReasonsTests {

	private final PauseReasons reasons = new PauseReasons();

	@ParameterizedTest
	@CsvSource({ "pause between batches, pause between batches", "Replica lag: 12 s, replica lag",
			"lag 12.5 s > 10 s, lag", "'', other", "42, other" })
	void keepTheSignalAndDropItsValue(String reason, String tag) {
		assertThat(this.reasons.bounded(reason)).isEqualTo(tag);
	}

	@Test
	void areNotMoreThanAMonitorCanBear() {
		assertThat(IntStream.range(0, 1000)
			.mapToObj((number) -> this.reasons.bounded("host " + "x".repeat(number)))
			.distinct()).hasSizeLessThanOrEqualTo(21).contains("other");
	}

}
