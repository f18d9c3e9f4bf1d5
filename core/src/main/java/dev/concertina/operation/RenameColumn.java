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
 * Gives a column another name; both names can be read and written until the contract.
 *
 * @param table the table
 * @param column the name it has
 * @param to the name it shall have
 */
public record RenameColumn(TableName table, ColumnName column, ColumnName to) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the name the column has
	 * @param to the name it shall have
	 * @return the operation
	 */
	public static RenameColumn of(String table, String column, String to) {
		return new RenameColumn(TableName.of(table), ColumnName.of(column), ColumnName.of(to));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column old = found.column(this.column);
		MappedColumn renamed = new MappedColumn(before.newColumn(this.to, old.type()), SqlExpression.of(this.column),
				old.defaultValue());
		return new ColumnReplacement(found, old, renamed, SqlExpression.of(this.to), this.to).addTo(before, plan);
	}

}
