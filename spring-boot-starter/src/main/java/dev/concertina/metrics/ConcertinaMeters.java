package dev.concertina.metrics;

import io.micrometer.core.instrument.MeterRegistry;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationEvent.OldStructureMissed;
import dev.concertina.event.MigrationListener;
import dev.concertina.plan.Phase;

/**
 * Counts what this instance does. What all instances have done together is in
 * {@link ChangeGauges}, and how long work takes in {@link ConcertinaObservations}; events
 * that tell of it are left out here.
 */
public class ConcertinaMeters implements MigrationListener {

	private final MeterRegistry registry;

	private final PauseReasons reasons = new PauseReasons();

	/**
	 * Count.
	 * @param registry where the meters are
	 */
	public ConcertinaMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void on(MigrationEvent event) {
		String change = event.change().value();
		if (event instanceof BatchFinished batch) {
			count(change, batch.phase(), (double) batch.rows());
		}
		else if (event instanceof BatchRetried retried) {
			ConcertinaMeter.BATCH_RETRIES.counter(this.registry, change, retried.phase().name()).increment();
		}
		else if (event instanceof Held held) {
			ConcertinaMeter.PAUSE.timer(this.registry, change, this.reasons.bounded(held.reason()))
				.record(held.pause());
		}
		else if (event instanceof OldStructureMissed) {
			ConcertinaMeter.OLD_STRUCTURE_MISSED.counter(this.registry, change).increment();
		}
		else if (event instanceof LockTimedOut) {
			ConcertinaMeter.LOCK_TIMEOUTS.counter(this.registry, change).increment();
		}
	}

	private void count(String change, Phase phase, double rows) {
		ConcertinaMeter copiedOrCompared = (phase == Phase.BACKFILL) ? ConcertinaMeter.BACKFILL_ROWS
				: ConcertinaMeter.VERIFY_ROWS;
		copiedOrCompared.counter(this.registry, change).increment(rows);
		ConcertinaMeter.BATCH_ROWS.summary(this.registry, change, phase.name()).record(rows);
	}

}
