package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Takes the default of a column away, at the contract: the old version may rely on it.
 *
 * @param table the table
 * @param column the column
 */
public record DropDefault(TableName table, ColumnName column) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column
	 * @return the operation
	 */
	public static DropDefault of(String table, String column) {
		return new DropDefault(TableName.of(table), ColumnName.of(column));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column column = found.column(this.column);
		Requirements.alone(plan, found, this.column);
		ColumnDefault current = ColumnDefault.of(found, column);
		if (column.defaultValue() == null) {
			throw new InvalidDefinitionException("Column %s.%s has no default".formatted(found.name(), this.column),
					"Remove the operation.");
		}
		plan.contract(current.replacedBy(null));
		return before.with(found.with(column.withDefault(null)));
	}

}
