package dev.concertina.throttle;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How signals are read.
 *
 * @param interval how long what a signal said holds, before it is read again
 * @param hold how long a worker waits when a signal holds it, before it asks again
 */
public record SignalOptions(Duration interval, Duration hold) {

	public SignalOptions {
		require(!interval.isNegative(), "An interval of %s between readings".formatted(interval), "Use 0s or more.");
		require(hold.toNanos() > 0, "A hold of %s".formatted(hold), "Use some seconds, such as 10s.");
	}

	/**
	 * Return the defaults: read once a second at most, hold for 10 s at a time.
	 * @return the options
	 */
	public static SignalOptions defaults() {
		return new SignalOptions(Duration.ofSeconds(1), Duration.ofSeconds(10));
	}

	/**
	 * Return what an advice means for a worker.
	 */
	Pace pace(String signal, Advice advice) {
		return switch (advice.kind()) {
			case GO_ON, UNKNOWN -> Pace.FULL;
			case SLOWER -> new Pace(advice.pause(), "%s: %s".formatted(signal, advice.reason()));
			case HOLD -> Pace.hold(this.hold, "%s: %s".formatted(signal, advice.reason()));
		};
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

}
