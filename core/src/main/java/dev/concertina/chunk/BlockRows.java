package dev.concertina.chunk;

import java.util.List;

import dev.concertina.plan.RowRange;

/**
 * The rows of one block.
 *
 * @param block the block
 * @param positions the position of each row in it
 */
record BlockRows(BlockRange block, List<Integer> positions) implements SingleRows {

	@Override
	public int count() {
		return this.positions.size();
	}

	@Override
	public RowRange range(int first, int last) {
		return this.block.rows(this.positions.get(first), this.positions.get(last));
	}

	@Override
	public PoisonRows.Row poison(PoisonRows poison, String relation, int number, String error) {
		return poison.at(relation, "(%d,%d)".formatted(this.block.first(), this.positions.get(number)), error);
	}

}
