package dev.concertina.throttle;

import java.util.List;

/**
 * What keeps the workers of this instance from working on a change at full speed.
 *
 * @param pace what was asked for before the last batch
 * @param readings what each signal said last; none while this instance does not work on
 * the change
 */
public record Throttling(Pace pace, List<Reading> readings) {

	/** Nobody works, or nobody says anything. */
	public static final Throttling NONE = new Throttling(Pace.FULL, List.of());

	public Throttling {
		readings = List.copyOf(readings);
	}

}
