package dev.concertina.chunk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A place in a range of blocks.
 *
 * @param first the first block
 * @param next the first block that is not done in this pass
 * @param end the block behind the last one
 * @param pass the pass it is in, from 0
 * @param passes how many passes there are
 */
record BlockPosition(long first, long next, long end, int pass, int passes) implements Position {

	@Override
	public Unit unit() {
		return Unit.BLOCK;
	}

	/**
	 * What is left of the pass is cut evenly, so that no small rest costs a batch of its
	 * own.
	 */
	@Override
	public Head head(JdbcTemplate jdbc, String relation, long most) {
		long left = this.end - this.next;
		long parts = divideUp(left, most);
		BlockRange range = new BlockRange(this.next, this.next + divideUp(left, parts), this.pass, this.passes);
		return new Head(range, after(range));
	}

	private static long divideUp(long dividend, long divisor) {
		return (dividend + divisor - 1) / divisor;
	}

	/**
	 * At the start of the next pass if that was the end of one and not the last.
	 */
	private BlockPosition after(BlockRange done) {
		boolean again = done.end() == this.end && this.pass + 1 < this.passes;
		return new BlockPosition(this.first, again ? this.first : done.end(), this.end,
				again ? this.pass + 1 : this.pass, this.passes);
	}

	@Override
	public BlockPosition inOnePass() {
		boolean fresh = this.pass == 0 && this.next == this.first;
		return fresh ? new BlockPosition(this.first, this.next, this.end, 0, 1) : this;
	}

	@Override
	public long unitsDone() {
		return (this.pass * (this.end - this.first) + this.next - this.first) / this.passes;
	}

	@Override
	public Long nextBlock() {
		return this.next;
	}

	@Override
	public @Nullable List<String> nextKey() {
		return null;
	}

}
