package dev.concertina.operation;

import org.jspecify.annotations.Nullable;

import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A change of type whose expressions we know. A default is converted as a value of a row
 * would be.
 *
 * @param table the table
 * @param column the old column
 * @param to the new column
 * @param type its type
 * @param up the new value from the old one
 * @param down the old value from the new one
 */
record Conversion(TableName table, ColumnName column, ColumnName to, SqlType type, SqlExpression up,
		SqlExpression down) {

	Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.compiles(before, found, "up", this.up, this.type);
		@Nullable SqlExpression old = found.column(this.column).defaultValue();
		@Nullable SqlExpression converted = (old != null)
				? before.catalog().computed(old, this.column, found.column(this.column).type(), this.up, this.type)
				: null;
		return new ChangeColumnType(this.table, this.column, this.to, this.type, this.up, this.down, converted)
			.compile(before, plan);
	}

}
