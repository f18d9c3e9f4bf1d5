package dev.concertina.throttle;

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
	 * Return the throttle that asks several: a hold wins, or else the longest pause.
	 * @param throttles the others
	 * @return the throttle
	 */
	static Throttle slowest(List<? extends Throttle> throttles) {
		List<Throttle> all = List.copyOf(throttles);
		return (change) -> all.stream().map((throttle) -> throttle.pace(change)).reduce(Pace.FULL, Pace::or);
	}

}
