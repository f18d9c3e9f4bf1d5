package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Merges several columns into one, such as a date and a time into a timestamp.
 *
 * @param table the table
 * @param columns the old columns
 * @param into the new column
 */
public record MergeColumns(TableName table, @AtLeastOne List<OldColumn> columns, NewColumn into) implements Operation {

	public MergeColumns {
		columns = List.copyOf(columns);
		if (columns.size() < 2) {
			throw new InvalidDefinitionException("%d columns are merged into %s".formatted(columns.size(), into.name()),
					"List at least two columns under 'columns', or use changeColumnType.");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param into the new column
	 * @param columns the old columns
	 * @return the operation
	 */
	public static MergeColumns of(String table, NewColumn into, OldColumn... columns) {
		return new MergeColumns(TableName.of(table), List.of(columns), into);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		MappedColumn to = this.into.mapped(before, found);
		List<MappedColumn> from = new ArrayList<>();
		for (OldColumn column : this.columns) {
			Column old = found.column(column.name());
			Requirements.compiles(before, found.with(to.column()), "down", column.down(), old.type());
			Requirements.stable(before, "'down'", column.down());
			from.add(MappedColumn.old(old, column.down()));
		}
		return new ColumnRegrouping(new ColumnMapping(found, from, List.of(to), false)).addTo(before, plan);
	}

}
