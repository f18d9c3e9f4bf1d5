package dev.concertina.metrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.concertina.change.ChangeId;
import dev.concertina.dualwrite.ShadowOutcome;

import static org.assertj.core.api.Assertions.assertThat;

class ShadowMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ShadowMeters meters = new ShadowMeters(this.registry);

	@Test
	void countWhatBecomesOfShadowReads() {
		for (ShadowOutcome outcome : ShadowOutcome.values()) {
			this.meters.on(ChangeId.of("split"), outcome);
		}
		assertThat(count("reads")).isEqualTo(2);
		assertThat(count("mismatches")).isOne();
		assertThat(count("failures")).isOne();
		assertThat(count("skipped")).isOne();
	}

	@Test
	void areThereFromTheFirstReadOn() {
		this.meters.on(ChangeId.of("split"), ShadowOutcome.AGREED);
		assertThat(count("mismatches")).isZero();
	}

	private double count(String what) {
		return this.registry.get("concertina.shadow." + what).tag("change", "split").counter().count();
	}

}
