package dev.concertina.actuate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.concertina.ChangeStatus;
import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;
import dev.concertina.testing.SettableClock;
import dev.concertina.watch.ChangeWatch;
import dev.concertina.watch.Statuses;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaHealthIndicatorTests {

	@Test
	void isUpWhileABackfillRuns() {
		Health health = health(Statuses.copying("split", 42));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("split",
				Map.of("phase", Phase.BACKFILL, "status", dev.concertina.state.Status.RUNNING, "fraction", 0.42));
	}

	@Test
	void isUpWhenAChangeHasFailedAndSaysWhy() {
		Health health = health(Statuses.failed("split", "3 of 1000 rows are not equal"));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("split")).asString().contains("FAILED", "3 of 1000 rows are not equal");
	}

	@Test
	void saysWhatAChangeWaitsFor() {
		assertThat(health(Statuses.waiting("split")).getDetails()).containsEntry("split",
				Map.of("phase", Phase.CONTRACT, "status", dev.concertina.state.Status.RUNNING, "objections",
						List.of("problem. action")));
	}

	@Test
	void saysNothingOfChangesAtTheirEnd() {
		assertThat(health(Statuses.completed("split")).getDetails()).isEmpty();
	}

	@Test
	void isUnknownIfTheStateCannotBeRead() {
		ChangeWatch blind = new ChangeWatch(() -> {
			throw new DataAccessResourceFailureException("down");
		}, new SettableClock());
		assertThat(new ConcertinaHealthIndicator(blind, List.of(ChangeId.of("split"))).health().getStatus())
			.isEqualTo(Status.UNKNOWN);
	}

	@Test
	void saysWhichChangesWaitForFlyway() {
		assertThat(health(Statuses.completed("merge")).getDetails())
			.containsOnly(Map.entry("startup", "Changes [split] wait for Flyway, which has not run them here"));
	}

	private static Health health(ChangeStatus... changes) {
		return new ConcertinaHealthIndicator(new ChangeWatch(() -> List.of(changes), new SettableClock()),
				List.of(ChangeId.of("split")))
			.health();
	}

}
