package dev.concertina.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationListener;
import dev.concertina.plan.Phase;

/**
 * Counts what this instance does. What all instances have done together is in
 * {@link ChangeGauges}; events that tell of it are left out here.
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
		if (event instanceof BatchFinished batch) {
			count(batch);
		}
		else if (event instanceof BatchRetried retried) {
			Counter.builder("concertina.batch.retries")
				.description("Batches that this instance rolled back to try them again")
				.tags(tags(retried).and("phase", retried.phase().name()))
				.register(this.registry)
				.increment();
		}
		else if (event instanceof Held held) {
			Timer.builder("concertina.pause")
				.description("Time that workers of this instance waited because a throttle asked for it")
				.tags(tags(held).and("reason", this.reasons.bounded(held.reason())))
				.register(this.registry)
				.record(held.pause());
		}
		else if (event instanceof LockTimedOut timedOut) {
			Counter.builder("concertina.lock.timeouts")
				.description("Locks that this instance was not granted in time")
				.tags(tags(timedOut))
				.register(this.registry)
				.increment();
		}
	}

	private void count(BatchFinished batch) {
		rows(batch).register(this.registry).increment((double) batch.rows());
		Tags tags = tags(batch).and("phase", batch.phase().name());
		Timer.builder("concertina.batch.duration")
			.description("How long the transactions of batches took")
			.tags(tags)
			.register(this.registry)
			.record(batch.duration());
		DistributionSummary.builder("concertina.batch.rows")
			.description("How many rows batches held")
			.baseUnit("rows")
			.tags(tags)
			.register(this.registry)
			.record((double) batch.rows());
	}

	private static Counter.Builder rows(BatchFinished batch) {
		Counter.Builder rows = (batch.phase() == Phase.BACKFILL)
				? Counter.builder("concertina.backfill.rows").description("Rows that this instance has copied")
				: Counter.builder("concertina.verify.rows").description("Rows that this instance has compared");
		return rows.baseUnit("rows").tags(tags(batch));
	}

	private static Tags tags(MigrationEvent event) {
		return Tags.of("change", event.change().value());
	}

}
