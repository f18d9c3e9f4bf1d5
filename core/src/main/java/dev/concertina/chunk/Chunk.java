package dev.concertina.chunk;

/**
 * What is left of a range of blocks that a worker has claimed.
 *
 * @param id its row in the state
 * @param relation the table or leaf partition, quoted
 * @param next the first block that is not done
 * @param end the block behind the last one
 */
record Chunk(long id, String relation, long next, long end) {

	/**
	 * Return the next part of the chunk.
	 * @param blocks how many blocks at most
	 * @return the part
	 */
	BlockRange head(long blocks) {
		return new BlockRange(this.next, Math.min(this.end, this.next + Math.max(1, blocks)));
	}

}
