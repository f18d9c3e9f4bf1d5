package dev.concertina.chunk;

/**
 * Consecutive blocks of a heap.
 *
 * @param first the first block
 * @param end the block behind the last one
 */
record BlockRange(long first, long end) {

	long blocks() {
		return this.end - this.first;
	}

	/**
	 * Return the condition that selects the rows of the blocks, as a TID range scan
	 * (PostgreSQL 14 and newer) reads them: nothing but these blocks.
	 * @return the condition on {@code source}
	 */
	String condition() {
		return "source.ctid >= '(%d,0)'::tid AND source.ctid < '(%d,0)'::tid".formatted(this.first, this.end);
	}

}
