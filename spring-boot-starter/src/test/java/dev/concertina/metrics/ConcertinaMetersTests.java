package dev.concertina.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.concertina.change.ChangeId;
import dev.concertina.dualwrite.ShadowOutcome;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationEvent.OldStructureMissed;
import dev.concertina.plan.Phase;

import static org.assertj.core.api.Assertions.assertThat;

class ConcertinaMetersTests {

	private static final ChangeId SPLIT = ChangeId.of("split");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ConcertinaMeters meters = new ConcertinaMeters(this.registry);

	@Test
	void countRowsThatWereCopied() {
		this.meters.on(batch(Phase.BACKFILL, 300));
		this.meters.on(batch(Phase.BACKFILL, 200));
		this.meters.on(batch(Phase.VERIFY, 500));
		assertThat(this.registry.get("concertina.backfill.rows").tag("change", "split").counter().count())
			.isEqualTo(500);
		assertThat(this.registry.get("concertina.verify.rows").tag("change", "split").counter().count()).isEqualTo(500);
	}

	@Test
	void measureTheSizeOfBatches() {
		this.meters.on(batch(Phase.BACKFILL, 300));
		this.meters.on(batch(Phase.BACKFILL, 200));
		assertThat(this.registry.get("concertina.batch.rows").tag("phase", "BACKFILL").summary().mean()).isEqualTo(250);
	}

	@Test
	void measurePausesByReason() {
		this.meters.on(new Held(SPLIT, Duration.ofSeconds(2), "Replica lag: 12 s"));
		this.meters.on(new Held(SPLIT, Duration.ofSeconds(3), "Replica lag: 17 s"));
		assertThat(
				this.registry.get("concertina.pause").tag("reason", "replica lag").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(5);
	}

	@Test
	void countLocksThatWereNotGranted() {
		this.meters.on(new LockTimedOut(SPLIT, 1, List.of()));
		assertThat(this.registry.get("concertina.lock.timeouts").tag("change", "split").counter().count()).isOne();
	}

	@Test
	void countBatchesThatWereTriedAgain() {
		this.meters.on(new BatchRetried(SPLIT, Phase.BACKFILL, "deadlock", Duration.ofMillis(10)));
		assertThat(this.registry.get("concertina.batch.retries").tag("phase", "BACKFILL").counter().count()).isOne();
	}

	@Test
	void countStatementsThatMissTheOldStructure() {
		this.meters.on(new OldStructureMissed(SPLIT, "column \"items\" does not exist"));
		assertThat(this.registry.get("concertina.old.structure.missed").tag("change", "split").counter().count())
			.isOne();
	}

	@Test
	void areAllThatAreNoGauges() {
		this.meters.on(new OldStructureMissed(SPLIT, "column \"items\" does not exist"));
		this.meters.on(batch(Phase.BACKFILL, 300));
		this.meters.on(batch(Phase.VERIFY, 300));
		this.meters.on(new Held(SPLIT, Duration.ofSeconds(2), "Replica lag: 12 s"));
		this.meters.on(new LockTimedOut(SPLIT, 1, List.of()));
		this.meters.on(new BatchRetried(SPLIT, Phase.BACKFILL, "deadlock", Duration.ofMillis(10)));
		new ShadowMeters(this.registry).on(SPLIT, ShadowOutcome.AGREED);
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Stream.of(ConcertinaMeter.values())
				.filter((meter) -> meter.getType() != Meter.Type.GAUGE)
				.map(ConcertinaMeter::getName)
				.toArray(String[]::new));
	}

	private static BatchFinished batch(Phase phase, long rows) {
		return new BatchFinished(SPLIT, phase, "public.customer", 16, rows, Duration.ofMillis(100));
	}

}
