package dev.concertina.chunk;

import java.util.List;

import dev.concertina.plan.RowRange;

/**
 * The rows between two keys, one key after the other.
 *
 * @param range the range
 * @param keys the key of each row; rows with the same key count as one
 */
record KeyRows(KeyRange range, List<List<String>> keys) implements SingleRows {

	@Override
	public int count() {
		return this.keys.size();
	}

	@Override
	public RowRange range(int first, int last) {
		return new KeyRange(this.range.key(), (first > 0) ? this.keys.get(first - 1) : this.range.after(),
				this.keys.get(last), last - first + 1L)
			.rows();
	}

	@Override
	public PoisonRows.Row poison(PoisonRows poison, String relation, int number, String error) {
		return PoisonRows.Row.of(relation, this.range.key(), this.keys.get(number), error);
	}

}
