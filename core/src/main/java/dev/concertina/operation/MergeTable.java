package dev.concertina.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SchemaObjects;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Moves all columns of a table into another one that it has at most one row for each row
 * of, and drops it: the way back from a split.
 *
 * @param table the table to drop; its primary key refers to that of the other one
 * @param into the table that gets the columns
 * @param columns the columns to move; if they are listed, all besides the key must be
 */
public record MergeTable(TableName table, TableName into, List<ColumnName> columns) implements Operation {

	public MergeTable {
		columns = List.copyOf(columns);
	}

	/**
	 * Return the operation.
	 * @param table the table to drop
	 * @param into the table that gets its columns
	 * @return the operation
	 */
	public static MergeTable of(String table, String into) {
		return new MergeTable(TableName.of(table), TableName.of(into), List.of());
	}

	/**
	 * Return the operation with a list of what is known to be in the table, so that a
	 * column that somebody else has added is not moved unseen.
	 * @param names all columns besides the key
	 * @return the operation
	 */
	public MergeTable withColumns(String... names) {
		return new MergeTable(this.table, this.into, List.of(names).stream().map(ColumnName::of).toList());
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table child = before.table(this.table);
		Table parent = before.table(this.into);
		Requirements.chunks(parent);
		Requirements.ownStructure(child);
		Requirements.untouched(plan, child);
		OneToOne tables = OneToOne.of(before, plan, parent, child);
		List<Column> moved = moved(before, tables);
		SchemaObjects objects = before.catalog().objects();
		Requirements.unneeded("Table %s".formatted(child.name()), objects.dependants(child.name()));
		Requirements.lastToFire(before, parent, moved.get(0).name());
		ColumnMove move = new ColumnMove(child, parent, moved);
		plan.expand(move.addColumns(before, plan));
		Table target = move.target();
		RowSecurity.noteMove(before, plan, child.name(), parent.name());
		IntoParents pair = new IntoParents(
				new OneToOne(target, child, tables.childKey(), tables.clauses()).pair(moved));
		DualWrite sync = pair.addTo(plan);
		List<Carried> carried = move.carried(before, plan);
		plan.afterBackfill(Statistics.of(target));
		RetiredTable retired = RetiredTable.of(plan, child);
		DualWrite backward = pair.childFollows(plan, retired.table());
		plan.contract(retired.retire(List.of(parent.name(), child.name()), sync, backward));
		List<String> statements = new ArrayList<>(backward.drop());
		statements.add("DROP TABLE IF EXISTS " + retired.table().name().quoted());
		carried.forEach((part) -> part.afterDrop(before).forEach(statements::add));
		plan.contract(
				Ddl.destructive("drop table %s".formatted(child.name()),
						LockOrder.exclusive(objects.referred(child.name()),
								List.of(parent.name(), retired.table().name())),
						statements))
			.obsolete(child.name())
			.note("Table %s is dropped with its triggers, policies and privileges. Functions that name it are not found out."
				.formatted(child.name()));
		moved.forEach((column) -> noteWhatStays(plan, child, column));
		return before.without(child.name()).with(target);
	}

	private List<Column> moved(Schema before, OneToOne tables) {
		Table child = tables.child();
		List<Column> moved = tables.columnsBesideKey();
		List<ColumnName> names = moved.stream().map(Column::name).toList();
		if (moved.isEmpty()) {
			throw new InvalidDefinitionException("Table %s has no column besides its key".formatted(child.name()),
					"Add a boolean column to %s instead, by addColumn, and drop the table later."
						.formatted(tables.parent().name()));
		}
		if (!this.columns.isEmpty() && !new HashSet<>(this.columns).equals(new HashSet<>(names))) {
			throw new InvalidDefinitionException(
					"The columns of %s besides its key are %s, not %s".formatted(child.name(), names, this.columns),
					"List all of them or none under 'columns'; drop by dropColumn what shall not move.");
		}
		for (Column column : moved) {
			Requirements.written(child, column);
			Requirements.replaceableFilled(before, child, column);
		}
		return moved;
	}

	/**
	 * A row of the parent need not have had one in the table.
	 */
	private static void noteWhatStays(PlanBuilder plan, Table child, Column column) {
		if (!column.nullable()) {
			plan.note(
					"Column %s.%s forbids NULL; the new one does not, as it holds NULL where no row was. Until the contract, give it a value together with the other columns."
						.formatted(child.name(), column.name()));
		}
		if (column.defaultValue() != null) {
			plan.note("The default %s of %s.%s does not arrive, as it would make a value where no row was."
				.formatted(column.defaultValue(), child.name(), column.name()));
		}
	}

}
