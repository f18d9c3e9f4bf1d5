package dev.concertina.chunk;

/**
 * What the size of a batch is counted in.
 */
enum Unit {

	/** A block of a heap. */
	BLOCK(1),

	/** A row in the order of a key. */
	ROW(100);

	private final long few;

	Unit(long few) {
		this.few = few;
	}

	/**
	 * Return how many make up the first batch, and the rows that are gone over one by one
	 * where a batch has failed: one block, or about as many rows as it holds.
	 */
	long few() {
		return this.few;
	}

	/**
	 * Return how many a batch may have, whatever the batches before have met.
	 */
	long most(WorkerOptions options) {
		return (this == ROW) ? options.rowsPerWorker() : Long.MAX_VALUE;
	}

}
