package dev.concertina.benchmark;

/**
 * From when to when something was done.
 *
 * @param from value of {@link System#nanoTime()}
 * @param to value of {@link System#nanoTime()}
 */
record Span(long from, long to) {

	static Span of(Runnable work) {
		long from = System.nanoTime();
		work.run();
		return new Span(from, System.nanoTime());
	}

	boolean contains(long time) {
		return time - this.from >= 0 && this.to - time >= 0;
	}

	double seconds() {
		return (this.to - this.from) / 1e9;
	}

}
