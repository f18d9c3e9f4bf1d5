package dev.concertina.metrics;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.event.Work;
import dev.concertina.event.WorkEnd;

/**
 * Observes the batches and phases that this instance works on, as it does.
 *
 * <p>
 * A batch is no part of the observation of its phase: a trace of as many spans as a
 * backfill has batches is more than anybody can keep or look at.
 */
public class ConcertinaObservations implements MigrationListener {

	private final ObservationRegistry registry;

	/**
	 * Observe.
	 * @param registry who wants to see it
	 */
	public ConcertinaObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * A phase that ends in a failure of the change, such as one with poison rows, throws
	 * nothing. All other events leave observations alone.
	 */
	@Override
	public void on(MigrationEvent event) {
		if (event instanceof StateChanged changed && changed.to().status().isFailed()) {
			Observation current = this.registry.getCurrentObservation();
			if (current != null && ConcertinaObservation.PHASE.getName().equals(current.getContext().getName())) {
				current.lowCardinalityKeyValue(outcome(WorkEnd.Outcome.FAILED));
			}
		}
	}

	@Override
	public WorkEnd begin(Work work) {
		Observation observation = kind(work).observation(this.registry)
			.lowCardinalityKeyValue(MeterTag.CHANGE.withValue(work.change().value()))
			.lowCardinalityKeyValue(MeterTag.PHASE.withValue(work.phase().name()))
			.start();
		Observation.Scope scope = observation.openScope();
		return (outcome, failure) -> {
			if (observation.getContext().getLowCardinalityKeyValue(MeterTag.OUTCOME.asString()) == null) {
				observation.lowCardinalityKeyValue(outcome(outcome));
			}
			if (failure != null) {
				observation.error(failure);
			}
			scope.close();
			observation.stop();
		};
	}

	private static ConcertinaObservation kind(Work work) {
		return switch (work.extent()) {
			case BATCH -> ConcertinaObservation.BATCH;
			case PHASE -> ConcertinaObservation.PHASE;
		};
	}

	private static KeyValue outcome(WorkEnd.Outcome outcome) {
		return MeterTag.OUTCOME.withValue(outcome.name().toLowerCase(Locale.ROOT));
	}

}
