package dev.concertina.plan;

/**
 * Rows of a heap, as conditions on {@code source}.
 *
 * @param blocks which blocks
 * @param part which rows of each block; empty for all
 */
public record RowRange(String blocks, String part) {

	/**
	 * Return all rows of some blocks.
	 * @param blocks the condition that selects the blocks
	 * @return the range
	 */
	public static RowRange of(String blocks) {
		return new RowRange(blocks, "");
	}

	/**
	 * Return the condition that selects the rows of the range that are concerned. Whether
	 * a row belongs to the part is asked first: that needs no column of it, while
	 * PostgreSQL would order the conditions by its own estimate of their costs.
	 * @param concerned the condition on a row, or empty for all rows
	 * @return the condition as it follows {@code WHERE}
	 */
	String where(String concerned) {
		String condition = concerned.isEmpty() ? "true" : concerned;
		return this.part.isEmpty() ? "%s AND %s".formatted(this.blocks, condition)
				: "%s AND CASE WHEN %s THEN %s ELSE false END".formatted(this.blocks, this.part, condition);
	}

}
