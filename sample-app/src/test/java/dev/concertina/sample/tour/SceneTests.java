package dev.concertina.sample.tour;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.concertina.ChangeStatus;
import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Speed;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.throttle.Throttling;
import dev.concertina.watch.ObservedChange;

import static org.assertj.core.api.Assertions.assertThat;

class SceneTests {

	@Test
	void tellsProgressSpeedAndTimeLeft() {
		assertThat(words(State.running(Phase.BACKFILL), 43, new Speed(61_200, 4.75)))
			.isEqualTo("BACKFILL  43 %  61,200 rows/s  ETA 12 s");
	}

	@Test
	void tellsNoSpeedBeforeItKnowsOne() {
		assertThat(words(State.running(Phase.VERIFY), 5, Speed.NONE)).isEqualTo("VERIFY     5 %");
	}

	@Test
	void tellsThatIndexesFollowTheCopy() {
		assertThat(words(State.running(Phase.BACKFILL), 100, Speed.NONE)).startsWith("BACKFILL 100 %  builds");
	}

	@Test
	void tellsTheShareOfReads() {
		assertThat(words(State.running(Phase.CONTRACT), 100, Speed.NONE))
			.isEqualTo("READS     50 %  from the new structure");
	}

	@Test
	void tellsWhyItStands() {
		assertThat(words(new State(Phase.VERIFY, Status.FAILED), 100, Speed.NONE))
			.isEqualTo("VERIFY FAILED: 1 of 9 rows are not equal");
	}

	private static String words(State state, long blocksDone, Speed speed) {
		Progress progress = new Progress(100, blocksDone, 1_000, 10, 0, 0, 0);
		String reason = (state.status() == Status.FAILED) ? "1 of 9 rows are not equal" : null;
		return Scene.words(new ObservedChange(new ChangeStatus("split_order_items", "2", state, reason, Instant.EPOCH,
				50, null, Tuning.NONE, progress, 0, progress, Optional.empty(), List.of(), Throttling.NONE), speed));
	}

}
