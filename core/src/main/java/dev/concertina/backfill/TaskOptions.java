package dev.concertina.backfill;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How tasks compute rows. Immutable; each method returns a copy.
 *
 * @param threads how many rows are transformed at once on this instance, for all changes
 * @param timeout how long the rows of a batch, which are locked meanwhile, may be
 * transformed
 * @param interval how old a comparison may be before it is asked again what the old
 * version has written, to compute it
 */
public record TaskOptions(int threads, Duration timeout, Duration interval) {

	/**
	 * Ten seconds less than {@code idle_in_transaction_session_timeout} of a batch, which
	 * would break the connection.
	 */
	private static final Duration MAX_TIMEOUT = Duration.ofSeconds(20);

	public TaskOptions {
		require(threads >= 1, "%d threads transform rows".formatted(threads), "Use at least 1.");
		require(timeout.toNanos() > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
				"A batch may be transformed for %s".formatted(timeout), "Use more than 0s and at most 20s.");
		require(interval.toNanos() > 0, "Rows are looked for every %s".formatted(interval),
				"Use some minutes, such as 10m.");
	}

	/**
	 * Return the defaults: 4 threads, as the tasks share the processors with the
	 * application; 10 seconds, as a statement of a batch; 10 minutes.
	 * @return the options
	 */
	public static TaskOptions defaults() {
		return new TaskOptions(4, Duration.ofSeconds(10), Duration.ofMinutes(10));
	}

	/**
	 * Return the options with another number of threads.
	 * @param value how many rows are transformed at once
	 * @return the options
	 */
	public TaskOptions withThreads(int value) {
		return new TaskOptions(value, this.timeout, this.interval);
	}

	/**
	 * Return the options with another time limit.
	 * @param value how long the rows of a batch may be transformed
	 * @return the options
	 */
	public TaskOptions withTimeout(Duration value) {
		return new TaskOptions(this.threads, value, this.interval);
	}

	/**
	 * Return the options with another interval.
	 * @param value how old a comparison may be
	 * @return the options
	 */
	public TaskOptions withInterval(Duration value) {
		return new TaskOptions(this.threads, this.timeout, value);
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

}
