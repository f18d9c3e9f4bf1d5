package dev.concertina.chunk;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How many workers go over a table, and how large their batches are.
 *
 * @param workers how many work at once on this instance
 * @param batchTime how long the transaction of a batch shall take
 * @param maxBatchRows how many rows a batch may hold at most
 */
public record WorkerOptions(int workers, Duration batchTime, int maxBatchRows) {

	public WorkerOptions {
		require(workers >= 1, "The number of workers is %d".formatted(workers), "Use at least 1.");
		require(batchTime.toNanos() > 0, "The batch time is %s".formatted(batchTime),
				"Use some milliseconds, such as 100ms.");
		require(maxBatchRows >= 1, "The largest batch has %d rows".formatted(maxBatchRows),
				"Use at least 1; 5000 is a good start.");
	}

	/**
	 * Return the options to copy with: one worker, 100 ms, at most 5,000 rows.
	 *
	 * <p>
	 * A row that a batch has locked makes a writer wait until the batch is over, so the
	 * number of rows decides how many writers wait at all: with 5,000 of 2 million rows
	 * the 99th percentile of point updates stayed below 10 ms.
	 * @return the options
	 */
	public static WorkerOptions defaults() {
		return new WorkerOptions(1, Duration.ofMillis(100), 5_000);
	}

	/**
	 * Return the options to compare with: nobody waits for a reader, so its batches are
	 * larger.
	 * @return the options with the same number of workers
	 */
	public WorkerOptions forComparison() {
		return new WorkerOptions(this.workers, this.batchTime.multipliedBy(10), this.maxBatchRows * 20);
	}

	/**
	 * Return the options with another number of workers.
	 * @param number how many work at once
	 * @return the options
	 */
	public WorkerOptions withWorkers(int number) {
		return new WorkerOptions(number, this.batchTime, this.maxBatchRows);
	}

	BatchSizing sizing() {
		return BatchSizing.timeTarget(this.batchTime, this.maxBatchRows);
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

}
