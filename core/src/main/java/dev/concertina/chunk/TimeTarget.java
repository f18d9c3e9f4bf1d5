package dev.concertina.chunk;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Grows by at most a half, and falls at once.
 *
 * <p>
 * Growth of 1.5 a step is that of spirit's chunker; a slow batch is answered in one step
 * because the next one would be as slow.
 */
class TimeTarget implements BatchSizing {

	private static final double MAX_GROWTH = 1.5;

	private static final double FIRST_BLOCKS = 1;

	private static final double MAX_BLOCKS = 1 << 17;

	private final Supplier<WorkerOptions> options;

	private double blocks = FIRST_BLOCKS;

	TimeTarget(Supplier<WorkerOptions> options) {
		this.options = options;
	}

	@Override
	public long blocks() {
		return (long) this.blocks;
	}

	@Override
	public void finished(long blocks, long rows, Duration duration) {
		WorkerOptions now = this.options.get();
		double inTime = (double) now.batchTime().toNanos() * blocks / Math.max(1, duration.toNanos());
		double inRows = (rows > 0) ? (double) now.rowsPerWorker() * blocks / rows : MAX_BLOCKS;
		double wanted = Math.min(Math.min(inTime, inRows), this.blocks * MAX_GROWTH);
		this.blocks = Math.min(MAX_BLOCKS, Math.max(1, wanted));
	}

	@Override
	public void failed() {
		this.blocks = Math.max(1, this.blocks / 2);
	}

}
