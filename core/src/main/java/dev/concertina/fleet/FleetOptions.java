package dev.concertina.fleet;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How instances tell that they are there.
 *
 * @param interval how often one does
 * @param expiry after which silence one is taken for gone
 */
public record FleetOptions(Duration interval, Duration expiry) {

	public FleetOptions {
		if (interval.isNegative() || interval.isZero() || expiry.compareTo(interval.multipliedBy(2)) < 0) {
			throw new InvalidDefinitionException(
					"An instance that is heard of every %s is taken for gone after %s".formatted(interval, expiry),
					"Use a positive interval, and an expiry of at least twice as much: one heartbeat may be late.");
		}
	}

	/**
	 * Return the defaults: every 5 seconds, gone after 30.
	 * @return the options
	 */
	public static FleetOptions defaults() {
		return new FleetOptions(Duration.ofSeconds(5), Duration.ofSeconds(30));
	}

}
