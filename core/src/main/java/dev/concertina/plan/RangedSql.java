package dev.concertina.plan;

/**
 * A statement over a range of rows: the table and the range are filled in when the chunks
 * are known.
 *
 * @param beforeTable the text up to the table, whose rows are called {@code source}
 * @param beforeRange the text between the table and the range, up to {@code WHERE}
 * @param concerned the condition on the rows of the range; empty for all
 * @param end the text behind the range
 */
public record RangedSql(String beforeTable, String beforeRange, String concerned, String end) {

	/**
	 * Make a statement that ends with its condition.
	 * @param beforeTable the text up to the table
	 * @param beforeRange the text between the table and the range, up to {@code WHERE}
	 * @param concerned the condition on the rows of the range; empty for all
	 */
	public RangedSql(String beforeTable, String beforeRange, String concerned) {
		this(beforeTable, beforeRange, concerned, "");
	}

	/**
	 * Return the statement for one range of one table.
	 * @param table the table or leaf partition, quoted
	 * @param range the rows
	 * @return the SQL
	 */
	public String sql(String table, RowRange range) {
		return "%s ONLY %s AS source%s %s%s".formatted(this.beforeTable, table, this.beforeRange,
				range.where(this.concerned), this.end);
	}

	/**
	 * Return the statement for all rows of a table and of its partitions.
	 * @param table the table, quoted
	 * @return the SQL
	 */
	public String sqlOfAll(String table) {
		return "%s %s AS source%s %s%s".formatted(this.beforeTable, table, this.beforeRange,
				RowRange.of("true").where(this.concerned), this.end);
	}

}
