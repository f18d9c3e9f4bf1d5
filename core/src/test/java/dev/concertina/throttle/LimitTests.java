package dev.concertina.throttle;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.throttle.Advice.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LimitTests {

	private final Limit limit = Limit.of(42);

	@Test
	void goesOnUpToItsValue() {
		assertThat(this.limit.judge(42, "42 segments")).isEqualTo(Advice.goOn("42 segments"));
	}

	@Test
	void asksForPausesThatGrowWithTheExcess() {
		assertThat(this.limit.judge(43, "").pause()).isBetween(Duration.ofMillis(20), Duration.ofMillis(30));
		assertThat(this.limit.judge(63, "")).isEqualTo(Advice.slower(Duration.ofMillis(500), ""));
		assertThat(this.limit.judge(83.99, "").pause()).isBetween(Duration.ofMillis(990), Limit.LONGEST_PAUSE);
	}

	@Test
	void holdsAtTwiceItsValue() {
		assertThat(this.limit.judge(84, "84 segments")).isEqualTo(Advice.hold("84 segments"));
	}

	@Test
	void holdsWhereItIsTold() {
		assertThat(new Limit(0.8, 0.95).judge(0.95, "").kind()).isEqualTo(Kind.HOLD);
		assertThat(new Limit(0.8, 0.8).judge(0.81, "").kind()).isEqualTo(Kind.HOLD);
	}

	@Test
	void refusesToHoldBelowItsValue() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> new Limit(80, 70))
			.withMessage("A limit of 80.0 that holds from 70.0 on");
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> Limit.of(Double.NaN));
	}

}
