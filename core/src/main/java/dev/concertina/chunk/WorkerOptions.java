package dev.concertina.chunk;

import java.time.Duration;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.state.Tuning;

/**
 * How many workers go over a table, and how large their batches are.
 *
 * @param workers how many work at once on this instance
 * @param batchTime how long the transaction of a batch shall take
 * @param maxLockedRows how many rows the batches of all workers may hold at once
 * @param pause how long a worker rests between two batches
 */
public record WorkerOptions(int workers, Duration batchTime, int maxLockedRows, Duration pause) {

	public WorkerOptions {
		require(workers >= 1, "The number of workers is %d".formatted(workers), "Use at least 1.");
		require(batchTime.toNanos() > 0, "The batch time is %s".formatted(batchTime),
				"Use some milliseconds, such as 100ms.");
		require(!pause.isNegative(), "The pause is %s".formatted(pause), "Use 0ms or more.");
		require(maxLockedRows >= workers, "%d workers may hold %d rows at once".formatted(workers, maxLockedRows),
				"Use at least one row for each worker; 12000 is a good start.");
	}

	/**
	 * Return the options to copy with: one worker, 100 ms, at most 12,000 rows, no pause.
	 *
	 * <p>
	 * A row that a batch has locked makes a writer wait until the batch is over, so the
	 * number of rows decides how many writers wait at all: with 12,000 of 2 million rows
	 * less than one of a hundred, however many workers share them.
	 * @return the options
	 */
	public static WorkerOptions defaults() {
		return new WorkerOptions(1, Duration.ofMillis(100), 12_000, Duration.ZERO);
	}

	/**
	 * Return the options to compare with: nobody waits for a reader, so its batches are
	 * larger.
	 * @return the options with the same number of workers
	 */
	WorkerOptions forComparison() {
		return new WorkerOptions(this.workers, this.batchTime.multipliedBy(10), this.maxLockedRows * 10, this.pause);
	}

	/**
	 * Return the options with another number of workers.
	 * @param number how many work at once
	 * @return the options
	 */
	public WorkerOptions withWorkers(int number) {
		return new WorkerOptions(number, this.batchTime, this.maxLockedRows, this.pause);
	}

	/**
	 * Return the options with another pause.
	 * @param value how long a worker rests between two batches
	 * @return the options
	 */
	public WorkerOptions withPause(Duration value) {
		return new WorkerOptions(this.workers, this.batchTime, this.maxLockedRows, value);
	}

	/**
	 * Return the options with what was said while a change runs.
	 */
	WorkerOptions tuned(Tuning tuning) {
		int number = (tuning.workers() != null) ? tuning.workers() : this.workers;
		return new WorkerOptions(number, (tuning.batchTime() != null) ? tuning.batchTime() : this.batchTime,
				Math.max(number, this.maxLockedRows), (tuning.pause() != null) ? tuning.pause() : this.pause);
	}

	/**
	 * Return how many rows one worker may hold.
	 */
	int rowsPerWorker() {
		return this.maxLockedRows / this.workers;
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

}
