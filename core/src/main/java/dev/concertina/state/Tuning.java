package dev.concertina.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * How a change is copied and compared, on every instance and while it runs, instead of
 * what the instances are configured with.
 *
 * @param workers how many work at once on each instance, {@code null} for what it is
 * configured with
 * @param batchTime how long the transaction of a batch shall take, {@code null} likewise
 * @param pause how long a worker rests between two batches, {@code null} likewise
 */
public record Tuning(@Nullable Integer workers, @Nullable Duration batchTime, @Nullable Duration pause) {

	/** What each instance is configured with. */
	public static final Tuning NONE = new Tuning(null, null, null);

	/** A batch that takes longer lets writers wait for longer than people do. */
	private static final Duration LONGEST_BATCH = Duration.ofSeconds(5);

	private static final int MOST_WORKERS = 64;

	public Tuning {
		require(workers == null || (workers > 0 && workers <= MOST_WORKERS), "%s workers".formatted(workers),
				"Use 1 to %d; pause the change to let none work.".formatted(MOST_WORKERS));
		require(batchTime == null || (batchTime.toMillis() > 0 && batchTime.compareTo(LONGEST_BATCH) <= 0),
				"A batch time of %s".formatted(batchTime), "Use 1ms to %s.".formatted(LONGEST_BATCH));
		require(pause == null || !pause.isNegative(), "A pause of %s".formatted(pause), "Use 0ms or more.");
	}

	private static void require(boolean valid, String problem, String action) {
		if (!valid) {
			throw new InvalidDefinitionException(problem, action);
		}
	}

	/**
	 * Return the tuning with another number of workers.
	 * @param value how many work at once on each instance, 1 to 64
	 * @return the tuning
	 */
	public Tuning withWorkers(int value) {
		return new Tuning(value, this.batchTime, this.pause);
	}

	/**
	 * Return the tuning with another time of a batch.
	 * @param value how long its transaction shall take, up to 5 s
	 * @return the tuning
	 */
	public Tuning withBatchTime(Duration value) {
		return new Tuning(this.workers, value, this.pause);
	}

	/**
	 * Return the tuning with another pause.
	 * @param value how long a worker rests between two batches
	 * @return the tuning
	 */
	public Tuning withPause(Duration value) {
		return new Tuning(this.workers, this.batchTime, value);
	}

	@Override
	public String toString() {
		List<String> parts = new ArrayList<>();
		if (this.workers != null) {
			parts.add("%d workers".formatted(this.workers));
		}
		if (this.batchTime != null) {
			parts.add("batches of %d ms".formatted(this.batchTime.toMillis()));
		}
		if (this.pause != null) {
			parts.add("pauses of %d ms".formatted(this.pause.toMillis()));
		}
		return parts.isEmpty() ? "as configured" : String.join(", ", parts);
	}

}
