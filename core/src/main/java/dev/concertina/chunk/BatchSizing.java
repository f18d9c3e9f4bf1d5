package dev.concertina.chunk;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Decides how much a worker takes at once. One for each worker; not thread-safe.
 */
interface BatchSizing {

	/**
	 * Return the sizing that lets a batch take a certain time.
	 * @param options how long a batch shall take, and how many rows it may hold locked;
	 * may change
	 * @param unit what the size is counted in
	 * @return the sizing
	 */
	static BatchSizing timeTarget(Supplier<WorkerOptions> options, Unit unit) {
		return new TimeTarget(options, unit);
	}

	/**
	 * Return the size of the next batch.
	 * @return a number of units, at least 1
	 */
	long units();

	/**
	 * Learn from a batch that was committed.
	 * @param units how many units it went over
	 * @param rows how many rows it copied or compared
	 * @param duration how long its transaction took
	 */
	void finished(long units, long rows, Duration duration);

	/**
	 * Learn from a batch that was rolled back.
	 */
	void failed();

}
