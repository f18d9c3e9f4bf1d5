package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Splits a column into several, such as a full name into first and last name.
 *
 * @param table the table
 * @param column the old column
 * @param into the new columns
 * @param down the old value, an expression over the new columns
 */
public record SplitColumn(TableName table, ColumnName column, @AtLeastOne List<NewColumn> into,
		SqlExpression down) implements Operation {

	public SplitColumn {
		into = List.copyOf(into);
		if (into.size() < 2) {
			throw new InvalidDefinitionException("Column %s is split into %d".formatted(column, into.size()),
					"List at least two columns under 'into', or use changeColumnType.");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the old column
	 * @param down the old value, an expression over the new columns
	 * @param into the new columns
	 * @return the operation
	 */
	public static SplitColumn of(String table, String column, String down, NewColumn... into) {
		return new SplitColumn(TableName.of(table), ColumnName.of(column), List.of(into), SqlExpression.of(down));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column old = found.column(this.column);
		List<MappedColumn> to = new ArrayList<>();
		Table both = found;
		for (NewColumn column : this.into) {
			MappedColumn mapped = column.mapped(before, found);
			to.add(mapped);
			both = both.with(mapped.column());
		}
		Requirements.compiles(before, both, "down", this.down, old.type());
		Requirements.stable(before, "'down'", this.down);
		return new ColumnRegrouping(new ColumnMapping(found, List.of(MappedColumn.old(old, this.down)), to, false))
			.addTo(before, plan);
	}

}
