package dev.concertina.throttle;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * From where on a load is too much.
 *
 * @param slower above this value a worker waits before each batch, for longer the more
 * the value is above it
 * @param hold from this value on no batch begins
 */
public record Limit(double slower, double hold) {

	/**
	 * What a worker waits shortly before it is held. With batches of 100 ms it then works
	 * for a tenth of the time.
	 */
	public static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	public Limit {
		if (!(slower >= 0) || !(hold >= slower)) {
			throw new InvalidDefinitionException("A limit of %s that holds from %s on".formatted(slower, hold),
					"Use a limit of 0 or more, and hold from there or above.");
		}
	}

	/**
	 * Return a limit that holds at twice its value.
	 * @param value above this a worker waits
	 * @return the limit
	 */
	public static Limit of(double value) {
		return new Limit(value, 2 * value);
	}

	/**
	 * Return what a value means.
	 * @param value what was measured
	 * @param reason the value and the limit in words
	 * @return go on, slower or hold
	 */
	public Advice judge(double value, String reason) {
		if (value <= this.slower) {
			return Advice.goOn(reason);
		}
		if (value >= this.hold) {
			return Advice.hold(reason);
		}
		double excess = (value - this.slower) / (this.hold - this.slower);
		return Advice.slower(Duration.ofNanos((long) Math.ceil(excess * LONGEST_PAUSE.toNanos())), reason);
	}

}
