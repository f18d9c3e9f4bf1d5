package dev.concertina.throttle;

import java.time.Duration;
import java.util.Comparator;

/**
 * What a throttle asks for.
 *
 * @param pause how long a worker shall wait before its next batch, zero to go on
 * @param reason why, with the value of the signal; empty if there is no pause
 * @param again whether to ask again after the pause, in place of going on
 */
public record Pace(Duration pause, String reason, boolean again) {

	/** Go on at once. */
	public static final Pace FULL = new Pace(Duration.ZERO, "");

	private static final Comparator<Pace> BY_STRICTNESS = Comparator.comparing(Pace::again).thenComparing(Pace::pause);

	/**
	 * Go on after a pause.
	 * @param pause how long a worker shall wait before its next batch
	 * @param reason why
	 */
	public Pace(Duration pause, String reason) {
		this(pause, reason, false);
	}

	/**
	 * Don't go on.
	 * @param pause how long a worker shall wait before it asks again
	 * @param reason why
	 * @return the pace
	 */
	public static Pace hold(Duration pause, String reason) {
		return new Pace(pause, reason, true);
	}

	/**
	 * Return the pace that serves both.
	 * @param other what somebody else asks for
	 * @return the one that holds, or else the one with the longer pause
	 */
	public Pace or(Pace other) {
		return (BY_STRICTNESS.compare(other, this) > 0) ? other : this;
	}

	/**
	 * Return whether a worker shall wait.
	 * @return {@code true} if there is a pause
	 */
	public boolean holds() {
		return !this.pause.isZero() && !this.pause.isNegative();
	}

}
