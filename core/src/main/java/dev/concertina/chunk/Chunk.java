package dev.concertina.chunk;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a range of blocks that a worker has claimed.
 *
 * @param id its row in the state
 * @param relation the table or leaf partition, quoted
 * @param first the first block
 * @param next the first block that is not done in this pass
 * @param end the block behind the last one
 * @param pass the pass it is in, from 0
 * @param passes how many passes there are
 * @param maxBlocks how many blocks a batch may have at most, since one has failed: 0 for
 * one block row by row, {@code null} for any number
 */
record Chunk(long id, String relation, long first, long next, long end, int pass, int passes,
		@Nullable Long maxBlocks) {

	/**
	 * Return the next part of the chunk. What is left of the pass is cut evenly, so that
	 * no small rest costs a batch of its own.
	 * @param blocks how many blocks it may have
	 * @return the part
	 */
	BlockRange head(long blocks) {
		long allowed = (this.maxBlocks != null) ? Math.min(blocks, this.maxBlocks) : blocks;
		long left = this.end - this.next;
		long parts = divideUp(left, Math.max(1, allowed));
		return new BlockRange(this.next, this.next + divideUp(left, parts), this.pass, this.passes);
	}

	boolean isRowByRow() {
		return this.maxBlocks != null && this.maxBlocks == 0;
	}

	private static long divideUp(long dividend, long divisor) {
		return (dividend + divisor - 1) / divisor;
	}

	/**
	 * Return the chunk with a part done: at the start of the next pass if that was the
	 * end of one and not the last. After a failure its batches grow again.
	 * @param done the part
	 * @return what is left
	 */
	Chunk after(BlockRange done) {
		boolean again = done.end() == this.end && this.pass + 1 < this.passes;
		return new Chunk(this.id, this.relation, this.first, again ? this.first : done.end(), this.end,
				again ? this.pass + 1 : this.pass, this.passes,
				(this.maxBlocks != null) ? Long.valueOf(2 * Math.max(1, this.maxBlocks)) : null);
	}

}
