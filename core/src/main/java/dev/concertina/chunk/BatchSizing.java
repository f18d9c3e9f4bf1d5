package dev.concertina.chunk;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Decides how much a worker takes at once. One for each worker; not thread-safe.
 */
public interface BatchSizing {

	/**
	 * Return the sizing that lets a batch take a certain time.
	 * @param options how long a batch shall take, and how many rows it may hold locked;
	 * may change
	 * @return the sizing
	 */
	static BatchSizing timeTarget(Supplier<WorkerOptions> options) {
		return new TimeTarget(options);
	}

	/**
	 * Return the size of the next batch.
	 * @return a number of blocks, at least 1
	 */
	long blocks();

	/**
	 * Learn from a batch that was committed.
	 * @param blocks how many blocks it went over
	 * @param rows how many rows it copied or compared
	 * @param duration how long its transaction took
	 */
	void finished(long blocks, long rows, Duration duration);

	/**
	 * Learn from a batch that was rolled back.
	 */
	void failed();

}
