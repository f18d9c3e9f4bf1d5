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

	private static final double MAX_UNITS = 1 << 17;

	private final Supplier<WorkerOptions> options;

	private final Unit unit;

	private double units;

	TimeTarget(Supplier<WorkerOptions> options, Unit unit) {
		this.options = options;
		this.unit = unit;
		this.units = unit.few();
	}

	@Override
	public long units() {
		return Math.min((long) this.units, this.unit.most(this.options.get()));
	}

	@Override
	public void finished(long units, long rows, Duration duration) {
		WorkerOptions now = this.options.get();
		double inTime = (double) now.batchTime().toNanos() * units / Math.max(1, duration.toNanos());
		double inRows = (rows > 0) ? (double) now.rowsPerWorker() * units / rows : MAX_UNITS;
		double wanted = Math.min(Math.min(inTime, inRows), this.units * MAX_GROWTH);
		this.units = Math.min(MAX_UNITS, Math.max(1, wanted));
	}

	@Override
	public void failed() {
		this.units = Math.max(1, this.units / 2);
	}

}
