package dev.concertina.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.WorkEnd.Outcome;
import dev.concertina.plan.Phase;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationListenerTests {

	private static final Held EVENT = new Held(ChangeId.of("split"), Duration.ofSeconds(1), "lag");

	private static final Work BATCH = new Work(EVENT.change(), Phase.BACKFILL, Work.Extent.BATCH);

	private final List<String> told = new ArrayList<>();

	@Test
	void thatFailsKeepsNoEventFromOthers() {
		MigrationListener.all(List.of(new Failing(), new Telling("one"))).on(EVENT);
		assertThat(this.told).containsExactly("one is told");
	}

	@Test
	void thatFailsKeepsNoWorkFromOthers() {
		MigrationListener all = MigrationListener.all(List.of(new Failing(), new Telling("one"), (event) -> {
			// wants to know nothing of work
		}));
		all.begin(BATCH).on(Outcome.FAILED, new IllegalStateException("no lock"));
		assertThat(this.told).containsExactly("one begins", "one ends FAILED: no lock");
	}

	@Test
	void thatFailsAtTheEndKeepsItFromNobody() {
		MigrationListener.all(List.of(new Telling("one"), new FailingAtTheEnd())).begin(BATCH).on(Outcome.DONE, null);
		assertThat(this.told).containsExactly("one begins", "one ends DONE");
	}

	@Test
	void thatComesFirstIsAroundTheOthers() {
		MigrationListener.all(List.of(new Telling("one"), new Telling("two"))).begin(BATCH).on(Outcome.STOPPED, null);
		assertThat(this.told).containsExactly("one begins", "two begins", "two ends STOPPED", "one ends STOPPED");
	}

	private static final class Failing implements MigrationListener {

		@Override
		public void on(MigrationEvent event) {
			throw new IllegalStateException("broken");
		}

		@Override
		public WorkEnd begin(Work work) {
			throw new IllegalStateException("broken");
		}

	}

	private static final class FailingAtTheEnd implements MigrationListener {

		@Override
		public void on(MigrationEvent event) {
		}

		@Override
		public WorkEnd begin(Work work) {
			return (outcome, failure) -> {
				throw new IllegalStateException("broken");
			};
		}

	}

	private final class Telling implements MigrationListener {

		private final String name;

		Telling(String name) {
			this.name = name;
		}

		@Override
		public void on(MigrationEvent event) {
			tell("is told");
		}

		@Override
		public WorkEnd begin(Work work) {
			tell("begins");
			return (outcome, failure) -> tell("ends %s%s".formatted(outcome, message(failure)));
		}

		private void tell(String what) {
			MigrationListenerTests.this.told.add("%s %s".formatted(this.name, what));
		}

		private static String message(@Nullable Throwable failure) {
			return (failure != null) ? ": " + failure.getMessage() : "";
		}

	}

}
