package dev.concertina.sample.tour;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.concertina.chunk.Progress;

import static org.assertj.core.api.Assertions.assertThat;

class SpeedTests {

	private final Speed speed = new Speed();

	@Test
	void knowsNothingAfterOneLook() {
		look(10, 500, 1);
		assertThat(this.speed.rowsPerSecond()).isZero();
		assertThat(this.speed.timeLeft()).isEmpty();
	}

	@Test
	void tellsRowsASecondAndTheTimeLeft() {
		look(10, 1_000, 1);
		look(30, 3_000, 2);
		assertThat(this.speed.rowsPerSecond()).isEqualTo(2_000);
		assertThat(this.speed.timeLeft()).contains(Duration.ofMillis(3_500));
	}

	@Test
	void namesNoTimeWhileNothingMoves() {
		look(10, 1_000, 1);
		look(10, 1_000, 2);
		assertThat(this.speed.timeLeft()).isEmpty();
	}

	@Test
	void beginsAnewWhenThePhaseDoes() {
		look(90, 9_000, 1);
		look(100, 10_000, 2);
		look(5, 400, 3);
		look(10, 900, 4);
		assertThat(this.speed.rowsPerSecond()).isEqualTo(500);
	}

	private void look(long blocksDone, long rows, long second) {
		this.speed.look(new Progress(100, blocksDone, rows, 1, 0, 0, 0), TimeUnit.SECONDS.toNanos(second));
	}

}
