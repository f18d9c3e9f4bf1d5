package dev.concertina.metrics;

import io.micrometer.core.instrument.MeterRegistry;

import dev.concertina.change.ChangeId;
import dev.concertina.dualwrite.ShadowListener;
import dev.concertina.dualwrite.ShadowOutcome;

/**
 * Counts the shadow reads of this instance.
 */
public class ShadowMeters implements ShadowListener {

	private final MeterRegistry registry;

	/**
	 * Count.
	 * @param registry where the meters are
	 */
	public ShadowMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * From the first shadow read on each meter is there, so that an alert sees it rise
	 * from zero.
	 */
	@Override
	public void on(ChangeId change, ShadowOutcome outcome) {
		count(ConcertinaMeter.SHADOW_READS, change,
				outcome == ShadowOutcome.AGREED || outcome == ShadowOutcome.DIFFERED);
		count(ConcertinaMeter.SHADOW_MISMATCHES, change, outcome == ShadowOutcome.DIFFERED);
		count(ConcertinaMeter.SHADOW_FAILURES, change, outcome == ShadowOutcome.FAILED);
		count(ConcertinaMeter.SHADOW_SKIPPED, change, outcome == ShadowOutcome.SKIPPED);
	}

	private void count(ConcertinaMeter meter, ChangeId change, boolean counts) {
		meter.counter(this.registry, change.value()).increment(counts ? 1 : 0);
	}

}
