package dev.concertina.chunk;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpeedTests {

	@Test
	void isWhatWasDoneBetweenTwoLooks() {
		Speed speed = Speed.between(progress(10, 1_000), progress(30, 5_000), Duration.ofSeconds(8));
		assertThat(speed).isEqualTo(new Speed(500, 2.5));
		assertThat(speed.left(progress(30, 5_000))).hasValue(Duration.ofSeconds(28));
	}

	@Test
	void ofAPhaseThatBeganAnewIsUnknown() {
		Speed speed = Speed.between(progress(30, 5_000), progress(10, 1_000), Duration.ofSeconds(8));
		assertThat(speed).isEqualTo(Speed.NONE);
		assertThat(speed.left(progress(10, 1_000))).isEmpty();
	}

	@Test
	void isUnknownIfNoTimeHasPassed() {
		assertThat(Speed.between(progress(10, 1_000), progress(30, 5_000), Duration.ZERO)).isEqualTo(Speed.NONE);
	}

	@Test
	void isNotNeededOnceAllIsDone() {
		assertThat(Speed.NONE.left(progress(100, 5_000))).hasValue(Duration.ZERO);
	}

	private static Progress progress(long blocks, long rows) {
		return new Progress(100, blocks, rows, 0, 0, 0, 0);
	}

}
