package dev.concertina.benchmark;

import java.util.Arrays;

/**
 * Sorted latencies in nanoseconds.
 */
final class Latencies {

	private final long[] sorted;

	private Latencies(long[] sorted) {
		this.sorted = sorted;
	}

	static Latencies of(long[] nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return new Latencies(sorted);
	}

	/**
	 * Returns the latency in ms that the given share of the statements did not pass.
	 */
	double percentile(double share) {
		return (this.sorted.length == 0) ? Double.NaN
				: this.sorted[(int) Math.min(this.sorted.length - 1, this.sorted.length * share)] / 1e6;
	}

	double max() {
		return percentile(1);
	}

}
