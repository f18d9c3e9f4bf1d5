package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Moves columns of a table into a new one that has at most one row for each of its rows,
 * and is called by its key.
 *
 * @param table the table; it needs a primary key
 * @param columns the columns to move; they accept NULL and have no default
 * @param into the new table
 */
public record SplitTable(TableName table, @AtLeastOne List<ColumnName> columns, TableName into) implements Operation {

	public SplitTable {
		columns = List.copyOf(columns);
		if (columns.isEmpty()) {
			throw new InvalidDefinitionException("No column of %s moves into %s".formatted(table, into),
					"List at least one under 'columns'.");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param into the new table
	 * @param columns the columns to move
	 * @return the operation
	 */
	public static SplitTable of(String table, String into, String... columns) {
		return new SplitTable(TableName.of(table), List.of(columns).stream().map(ColumnName::of).toList(),
				TableName.of(into));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table parent = before.table(this.table);
		Requirements.chunks(parent);
		TableName child = this.into.besides(parent.name());
		Requirements.free(before, child);
		List<Column> moved = MovedColumns.of(before, plan, parent, this.columns);
		List<TableName> referred = moved.stream()
			.flatMap((column) -> Requirements.expendable(before, plan, parent, column).stream())
			.toList();
		Table made = made(before, parent, child, moved);
		RowPair pair = new RowPair(parent, parent.primaryKey(), made, parent.primaryKey(), moved);
		List<String> rights = before.catalog().objects().rights(parent.name(), this.columns, child);
		plan.expand(NewTable.create(before, plan, made, rights));
		RowSecurity.noteMove(before, plan, parent.name(), child);
		DualWrite sync = new IntoNewRows(pair).addTo(plan.writableByApplication());
		ForeignKey reference = ForeignKey.deferred(made, parent.primaryKey(), parent, parent.primaryKey());
		reference.steps(before).forEach(plan::afterBackfill);
		List<TableLock> locks = LockOrder.exclusive(referred, List.of(parent.name(), child));
		Retirement retirement = MovedColumns.retirement(plan, pair, this.columns, sync);
		List<String> statements = new ArrayList<>(List.of(reference.atOnce()));
		statements.addAll(retirement.drop());
		plan.afterBackfill(Statistics.of(made))
			.contract(retirement.retire(locks, List.of(), List.of()))
			.contract(Ddl.destructive("drop %s of %s".formatted(this.columns, parent.name()), locks, statements));
		return before.with(made).with(MovedColumns.without(parent, this.columns));
	}

	private static Table made(Schema schema, Table parent, TableName child, List<Column> moved) {
		List<Column> columns = new ArrayList<>();
		for (ColumnName name : parent.primaryKey()) {
			columns.add(schema.newColumn(name, parent.column(name).type()).withNullable(false));
		}
		columns.addAll(moved);
		return new Table(child, Table.Kind.ORDINARY, columns, parent.primaryKey());
	}

}
