package dev.concertina.execute;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How statements that change the structure ask for their locks.
 *
 * @param timeout how long a statement waits for a lock at most, and so everybody behind
 * it; the first attempts wait for less
 * @param budget how long to go on trying before giving up with an error
 * @param patience a transaction on the table that is open for longer is waited for before
 * a lock is asked for at all
 */
public record LockOptions(Duration timeout, Duration budget, Duration patience) {

	public LockOptions {
		if (timeout.toMillis() < 1) {
			throw new InvalidDefinitionException("The lock timeout is %s".formatted(timeout),
					"Use some hundred milliseconds; waiting without end stops the site.");
		}
	}

	/**
	 * Return the defaults: 500 ms (as pgroll), for one minute; transactions open for
	 * longer than a second are waited for.
	 * @return the options
	 */
	public static LockOptions defaults() {
		return new LockOptions(Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofSeconds(1));
	}

	/**
	 * Return the options with another time to give up.
	 * @param value how long to go on trying
	 * @return the options
	 */
	public LockOptions withBudget(Duration value) {
		return new LockOptions(this.timeout, value, this.patience);
	}

	/**
	 * Return the lock timeout as PostgreSQL takes it.
	 * @return the value of {@code lock_timeout}
	 */
	public String setting() {
		return this.timeout.toMillis() + "ms";
	}

}
