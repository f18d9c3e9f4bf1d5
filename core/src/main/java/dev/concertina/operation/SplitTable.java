package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
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
public record SplitTable(TableName table, List<ColumnName> columns, TableName into) implements Operation {

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
	public Schema compile(Schema before, Plan.Builder plan) {
		Table parent = before.table(this.table);
		Requirements.chunks(parent);
		if (parent.primaryKey().isEmpty()) {
			throw new InvalidDefinitionException("Table %s has no primary key".formatted(parent.name()),
					"Add one first: the rows of %s are told apart by it.".formatted(this.into));
		}
		TableName child = this.into.besides(parent.name());
		Requirements.free(before, child);
		List<Column> moved = new ArrayList<>();
		for (ColumnName name : this.columns) {
			moved.add(movable(before, plan, parent, parent.column(name)));
		}
		Table made = made(before, parent, child, moved);
		RowPair pair = new RowPair(parent, parent.primaryKey(), made, parent.primaryKey(), moved);
		List<String> rights = before.catalog().objects().rights(parent.name(), this.columns, child);
		plan.expand(NewTable.create(before, plan, made, rights));
		DualWrite sync = pair.moveDown(plan);
		ForeignKeyBuild reference = ForeignKeyBuild.deferred(made, parent.primaryKey(), parent, parent.primaryKey());
		reference.steps().forEach(plan::afterBackfill);
		plan.afterBackfill(Statistics.of(made)).contract(drop(parent, sync, reference));
		Table rest = parent;
		for (ColumnName name : this.columns) {
			rest = rest.without(name);
		}
		return before.with(made).with(rest);
	}

	private Column movable(Schema before, Plan.Builder plan, Table parent, Column column) {
		Requirements.alone(plan, parent, column.name());
		Requirements.replaceable(before, parent, column);
		Requirements.expendable(before, plan, parent, column);
		if (parent.primaryKey().contains(column.name())) {
			throw new InvalidDefinitionException(
					"Column %s is in the key of %s".formatted(column.name(), parent.name()),
					"Leave it out: the new table gets the key anyway.");
		}
		if (!column.nullable() || column.defaultValue() != null) {
			throw new InvalidDefinitionException(
					"Column %s.%s is NOT NULL or has a default, so a row without it can't be written"
						.formatted(parent.name(), column.name()),
					"Drop both first, by dropNotNull and dropDefault in a change of its own.");
		}
		return column;
	}

	private static Table made(Schema schema, Table parent, TableName child, List<Column> moved) {
		List<Column> columns = new ArrayList<>();
		for (ColumnName name : parent.primaryKey()) {
			columns.add(schema.newColumn(name, parent.column(name).type()).withNullable(false));
		}
		columns.addAll(moved);
		return new Table(child, Table.Kind.ORDINARY, columns, parent.primaryKey());
	}

	private Ddl drop(Table parent, DualWrite sync, ForeignKeyBuild reference) {
		List<String> statements = new ArrayList<>(sync.drop());
		statements.add(reference.atOnce());
		this.columns.forEach((name) -> statements
			.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s".formatted(parent.name().quoted(), name.quoted())));
		return Ddl.destructive("drop %s of %s".formatted(this.columns, parent.name()),
				sync.tables().stream().map(TableLock::exclusive).toList(), statements);
	}

}
