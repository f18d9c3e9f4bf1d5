package dev.concertina.plan;

/**
 * A statement over a range of rows: the table and the range are filled in when the chunks
 * are known.
 *
 * @param beforeTable the text up to the table, whose rows are called {@code source}
 * @param beforeRange the text between the table and the range, up to {@code WHERE}
 * @param afterRange the text behind the range, starting with {@code AND} or empty
 */
public record RangedSql(String beforeTable, String beforeRange, String afterRange) {

	/**
	 * Return the statement for one range of one table.
	 * @param table the table or leaf partition, quoted
	 * @param range the condition on {@code source} that selects the range
	 * @return the SQL
	 */
	public String sql(String table, String range) {
		return "%s ONLY %s AS source%s %s %s".formatted(this.beforeTable, table, this.beforeRange, range,
				this.afterRange);
	}

}
