package dev.concertina.throttle;

import java.time.Duration;
import java.util.Comparator;

/**
 * What a signal says of its load.
 *
 * @param kind whether to go on
 * @param pause how long a worker shall wait before its next batch, if it shall be slower;
 * zero otherwise
 * @param reason what was measured, and the limit; of an unknown one, why it is unknown
 */
public record Advice(Kind kind, Duration pause, String reason) {

	private static final Comparator<Advice> BY_STRICTNESS = Comparator.comparing(Advice::kind)
		.thenComparing(Advice::pause);

	/**
	 * Go on at full speed.
	 * @param reason what was measured
	 * @return the advice
	 */
	public static Advice goOn(String reason) {
		return new Advice(Kind.GO_ON, Duration.ZERO, reason);
	}

	/**
	 * Go on, with a pause before each batch.
	 * @param pause how long
	 * @param reason what was measured, and the limit that it is above
	 * @return the advice
	 */
	public static Advice slower(Duration pause, String reason) {
		return new Advice(Kind.SLOWER, pause, reason);
	}

	/**
	 * Do nothing until the signal is asked again.
	 * @param reason what was measured, and the limit that it is far above
	 * @return the advice
	 */
	public static Advice hold(String reason) {
		return new Advice(Kind.HOLD, Duration.ZERO, reason);
	}

	/**
	 * Go on, as nobody can tell.
	 * @param reason why not, and what to do about it
	 * @return the advice
	 */
	public static Advice unknown(String reason) {
		return new Advice(Kind.UNKNOWN, Duration.ZERO, reason);
	}

	/**
	 * Return the advice that serves both.
	 * @param other what was said of something else
	 * @return the stricter one
	 */
	public Advice or(Advice other) {
		return (BY_STRICTNESS.compare(other, this) > 0) ? other : this;
	}

	/**
	 * What to do, from the mildest to the strictest.
	 */
	public enum Kind {

		/** The load is below its limit. */
		GO_ON,

		/** It can't be told: go on, but let people see it. */
		UNKNOWN,

		/** The load is above its limit. */
		SLOWER,

		/** The load is far above its limit. */
		HOLD

	}

}
