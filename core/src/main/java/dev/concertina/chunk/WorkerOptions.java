package dev.concertina.chunk;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How many workers go over a table, and how large their batches are.
 *
 * @param workers how many work at once on this instance
 * @param batchTime how long the transaction of a batch shall take
 * @param maxLockedRows how many rows the batches of all workers may hold at once
 */
public record WorkerOptions(int workers, Duration batchTime, int maxLockedRows) {

	public WorkerOptions {
		require(workers >= 1, "The number of workers is %d".formatted(workers), "Use at least 1.");
		require(batchTime.toNanos() > 0, "The batch time is %s".formatted(batchTime),
				"Use some milliseconds, such as 100ms.");
		require(maxLockedRows >= workers, "%d workers may hold %d rows at once".formatted(workers, maxLockedRows),
				"Use at least one row for each worker; 12000 is a good start.");
	}

	/**
	 * Return the options to copy with: one worker, 100 ms, at most 12,000 rows.
	 *
	 * <p>
	 * A row that a batch has locked makes a writer wait until the batch is over, so the
	 * number of rows decides how many writers wait at all: with 12,000 of 2 million rows
	 * less than one of a hundred, however many workers share them.
	 * @return the options
	 */
	public static WorkerOptions defaults() {
		return new WorkerOptions(1, Duration.ofMillis(100), 12_000);
	}

	/**
	 * Return the options to compare with: nobody waits for a reader, so its batches are
	 * larger.
	 * @return the options with the same number of workers
	 */
	public WorkerOptions forComparison() {
		return new WorkerOptions(this.workers, this.batchTime.multipliedBy(10), this.maxLockedRows * 10);
	}

	/**
	 * Return the options with another number of workers.
	 * @param number how many work at once
	 * @return the options
	 */
	public WorkerOptions withWorkers(int number) {
		return new WorkerOptions(number, this.batchTime, this.maxLockedRows);
	}

	BatchSizing sizing() {
		return BatchSizing.timeTarget(this.batchTime, this.maxLockedRows / this.workers);
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

}
