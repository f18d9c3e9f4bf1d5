package dev.concertina.operation;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.SqlExpression;

/**
 * A column that an operation takes away.
 *
 * @param name its name
 * @param down its value, an expression over the new columns
 */
public record OldColumn(ColumnName name, SqlExpression down) {

	/**
	 * Return a column.
	 * @param name its name
	 * @param down its value, an expression over the new columns
	 * @return the column
	 */
	public static OldColumn of(String name, String down) {
		return new OldColumn(ColumnName.of(name), SqlExpression.of(down));
	}

}
