package dev.concertina.throttle;

import java.time.Duration;

/**
 * What a throttle asks for.
 *
 * @param pause how long a worker shall wait before its next batch, zero to go on
 * @param reason why, with the value of the signal; empty if there is no pause
 */
public record Pace(Duration pause, String reason) {

	/** Go on at once. */
	public static final Pace FULL = new Pace(Duration.ZERO, "");

	/**
	 * Return the pace that serves both.
	 * @param other what somebody else asks for
	 * @return the one with the longer pause
	 */
	public Pace or(Pace other) {
		return (other.pause.compareTo(this.pause) > 0) ? other : this;
	}

	/**
	 * Return whether a worker shall wait.
	 * @return {@code true} if there is a pause
	 */
	public boolean holds() {
		return !this.pause.isZero() && !this.pause.isNegative();
	}

}
