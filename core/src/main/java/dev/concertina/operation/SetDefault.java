package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Gives a column a default, from the expand on. Rows that are there keep their values.
 *
 * @param table the table
 * @param column the column
 * @param value the default
 */
public record SetDefault(TableName table, ColumnName column, SqlExpression value) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column
	 * @param value the default
	 * @return the operation
	 */
	public static SetDefault of(String table, String column, String value) {
		return new SetDefault(TableName.of(table), ColumnName.of(column), SqlExpression.of(value));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column column = found.column(this.column);
		Requirements.alone(plan, found, this.column);
		Requirements.constant(before, found, this.value, column.type());
		plan.expand(ColumnDefault.of(found, column).replacedBy(this.value));
		return before.with(found.with(column.withDefault(this.value)));
	}

}
