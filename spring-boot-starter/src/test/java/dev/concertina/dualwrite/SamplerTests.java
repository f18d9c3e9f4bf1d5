package dev.concertina.dualwrite;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.concertina.change.ChangeId;
import dev.concertina.testing.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;

class SamplerTests {

	private static final ChangeId SPLIT = ChangeId.of("split");

	private final SettableClock clock = new SettableClock();

	private final Sampler sampler = new Sampler(Duration.ofSeconds(10), this.clock);

	@Test
	void letsOneReportPassAndCountsTheOthers() {
		assertThat(this.sampler.pass(SPLIT)).hasValue(0L);
		assertThat(this.sampler.pass(SPLIT)).isEmpty();
		assertThat(this.sampler.pass(SPLIT)).isEmpty();
		this.clock.add(Duration.ofSeconds(10));
		assertThat(this.sampler.pass(SPLIT)).hasValue(2L);
		assertThat(this.sampler.pass(SPLIT)).isEmpty();
	}

	@Test
	void knowsChangesApart() {
		this.sampler.pass(SPLIT);
		assertThat(this.sampler.pass(ChangeId.of("merge"))).hasValue(0L);
	}

}
