package dev.concertina.plan;

/**
 * Rows of a table, as conditions on {@code source}.
 *
 * @param places which places: blocks, or what lies between two keys
 * @param part which rows of these places; empty for all
 */
public record RowRange(String places, String part) {

	/**
	 * Return all rows of some places.
	 * @param places the condition that selects the places
	 * @return the range
	 */
	public static RowRange of(String places) {
		return new RowRange(places, "");
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
		return this.part.isEmpty() ? "%s AND %s".formatted(this.places, condition)
				: "%s AND CASE WHEN %s THEN %s ELSE false END".formatted(this.places, this.part, condition);
	}

}
