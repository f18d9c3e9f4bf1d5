package dev.concertina.schema;

/**
 * A column of a table.
 *
 * @param table the qualified name of the table
 * @param column the column
 */
public record ColumnPlace(TableName table, ColumnName column) {

	@Override
	public String toString() {
		return this.table + "." + this.column;
	}

}
