package dev.concertina.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.Work;
import dev.concertina.event.WorkEnd;
import dev.concertina.event.WorkEnd.Outcome;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaObservationsTests {

	private static final ChangeId SPLIT = ChangeId.of("split");

	private static final Work BATCH = new Work(SPLIT, Phase.BACKFILL, Work.Extent.BATCH);

	private static final Work PHASE = new Work(SPLIT, Phase.VERIFY, Work.Extent.PHASE);

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final ConcertinaObservations observations = new ConcertinaObservations(this.registry);

	private final Stopped stopped = new Stopped();

	ConcertinaObservationsTests() {
		this.registry.observationConfig().observationHandler(this.stopped);
	}

	@Test
	void areCurrentWhileTheWorkGoesOn() {
		WorkEnd end = this.observations.begin(BATCH);
		assertThat(current()).isEqualTo("concertina.batch");
		assertThat(this.stopped.contexts).isEmpty();
		end.on(Outcome.DONE, null);
		assertThat(current()).isNull();
		assertThat(this.stopped.contexts).hasSize(1);
	}

	@Test
	void areToldApartByChangePhaseAndOutcome() {
		this.observations.begin(BATCH).on(Outcome.DONE, null);
		this.observations.begin(PHASE).on(Outcome.STOPPED, null);
		assertThat(this.stopped.contexts).extracting(Observation.Context::getName)
			.containsExactly("concertina.batch", "concertina.phase");
		assertThat(keys(0)).containsExactlyInAnyOrder("change=split", "phase=BACKFILL", "outcome=done");
		assertThat(keys(1)).containsExactlyInAnyOrder("change=split", "phase=VERIFY", "outcome=stopped");
	}

	@Test
	void tellTheFailure() {
		IllegalStateException failure = new IllegalStateException("no lock");
		this.observations.begin(BATCH).on(Outcome.FAILED, failure);
		assertThat(keys(0)).contains("outcome=failed");
		assertThat(this.stopped.contexts.get(0).getError()).isSameAs(failure);
	}

	@Test
	void ofAPhaseAfterWhichTheChangeHasFailedTellSo() {
		WorkEnd end = this.observations.begin(PHASE);
		this.observations.on(moved(new State(Phase.VERIFY, Status.FAILED)));
		end.on(Outcome.DONE, null);
		assertThat(keys(0)).contains("outcome=failed").doesNotContain("outcome=done");
	}

	@Test
	void ofAPhaseAfterWhichTheChangeGoesOnTellSo() {
		WorkEnd end = this.observations.begin(PHASE);
		this.observations.on(moved(State.running(Phase.CONTRACT)));
		end.on(Outcome.DONE, null);
		assertThat(keys(0)).contains("outcome=done");
	}

	@Test
	void leaveThoseOfTheApplicationAlone() {
		Observation.createNotStarted("http.server.requests", this.registry)
			.observe(() -> this.observations.on(moved(new State(Phase.VERIFY, Status.FAILED))));
		assertThat(keys(0)).isEmpty();
	}

	@Test
	void cannotFailIfNobodyLooks() {
		new ConcertinaObservations(ObservationRegistry.NOOP).begin(BATCH).on(Outcome.FAILED, new AssertionError());
	}

	private @Nullable String current() {
		Observation current = this.registry.getCurrentObservation();
		return (current != null) ? current.getContext().getName() : null;
	}

	private List<String> keys(int number) {
		return this.stopped.contexts.get(number)
			.getLowCardinalityKeyValues()
			.stream()
			.map((KeyValue key) -> "%s=%s".formatted(key.getKey(), key.getValue()))
			.toList();
	}

	private static StateChanged moved(State to) {
		return new StateChanged(SPLIT, State.running(Phase.VERIFY), to, null);
	}

	private static final class Stopped implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> contexts = new ArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
