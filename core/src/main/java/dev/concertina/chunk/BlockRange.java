package dev.concertina.chunk;

/**
 * Consecutive blocks of a heap, or some of the rows of each of them.
 *
 * @param first the first block
 * @param end the block behind the last one
 * @param pass which rows, from 0
 * @param passes into how many parts the rows of a block are split; a power of two
 */
record BlockRange(long first, long end, int pass, int passes) {

	long blocks() {
		return this.end - this.first;
	}

	/**
	 * Return the condition that selects the rows, as a TID range scan (PostgreSQL 14 and
	 * newer) reads them: nothing but these blocks.
	 * @return the condition on {@code source}
	 */
	String condition() {
		String blocks = "source.ctid >= '(%d,0)'::tid AND source.ctid < '(%d,0)'::tid".formatted(this.first, this.end);
		return (this.passes == 1) ? blocks
				: "%s AND pg_catalog.hashtid(source.ctid) & %d = %d".formatted(blocks, this.passes - 1, this.pass);
	}

}
