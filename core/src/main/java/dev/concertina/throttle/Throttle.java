package dev.concertina.throttle;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.concertina.change.ChangeId;

/**
 * May slow or hold a backfill, always with a reason. Asked before each batch.
 */
@FunctionalInterface
public interface Throttle {

	/**
	 * Return the pace that a signal allows.
	 * @param change the change whose rows are copied
	 * @return the pace
	 */
	Pace pace(ChangeId change);

	/**
	 * Return a throttle that pauses between batches.
	 * @param pause how long, zero for no pause
	 * @return the throttle
	 */
	static Throttle pause(Duration pause) {
		Pace pace = new Pace(pause, pause.isZero() ? "" : "pause between batches");
		return (change) -> pace;
	}

	/**
	 * Return the throttle that asks several: the longest pause wins.
	 * @param throttles the others
	 * @return the throttle
	 */
	static Throttle slowest(List<? extends Throttle> throttles) {
		List<Throttle> all = List.copyOf(throttles);
		return (change) -> all.stream()
			.map((throttle) -> throttle.pace(change))
			.max(Comparator.comparing(Pace::pause))
			.orElse(Pace.FULL);
	}

}
