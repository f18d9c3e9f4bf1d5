package dev.concertina.schema;

/**
 * What columns are called that are replaced at the same time.
 */
@FunctionalInterface
public interface Renaming {

	/** No other column is replaced. */
	Renaming NONE = (table, column) -> column;

	/**
	 * Return what a column is called for the time being.
	 * @param table its table
	 * @param column the column
	 * @return the column in its place, or itself if it is not replaced
	 */
	ColumnName of(TableName table, ColumnName column);

}
