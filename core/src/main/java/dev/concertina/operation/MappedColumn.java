package dev.concertina.operation;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.Column;
import dev.concertina.schema.SqlExpression;

/**
 * A column of one side of a mapping.
 *
 * @param column the column
 * @param value what it is when the other side was written, an expression over the row
 * @param defaultValue the default: that it has, or that it gets at the contract
 */
record MappedColumn(Column column, SqlExpression value, @Nullable SqlExpression defaultValue) {

	static MappedColumn old(Column column, SqlExpression down) {
		return new MappedColumn(column, down, column.defaultValue());
	}

}
