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
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Moves columns of a table into another one that is there already and has at most one row
 * for each of its rows. Rows that are missing there are made.
 *
 * @param table the table; it needs a primary key
 * @param columns the columns to move; they accept NULL and have no default
 * @param to the table that gets them; its primary key refers to that of the table
 */
public record MoveColumns(TableName table, @AtLeastOne List<ColumnName> columns, TableName to) implements Operation {

	public MoveColumns {
		columns = KeyColumns.of("the move from %s to %s".formatted(table, to), columns);
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param to the table that gets the columns
	 * @param columns the columns to move
	 * @return the operation
	 */
	public static MoveColumns of(String table, String to, String... columns) {
		return new MoveColumns(TableName.of(table), List.of(columns).stream().map(ColumnName::of).toList(),
				TableName.of(to));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table parent = before.table(this.table);
		Table child = before.table(this.to);
		Requirements.chunks(parent);
		Requirements.ownStructure(child);
		List<Column> moved = MovedColumns.of(before, plan, parent, this.columns);
		OneToOne tables = OneToOne.of(before, plan, parent, child);
		requireRowsCanBeMade(before, tables);
		Requirements.lastToFire(before, child, this.columns.get(0));
		ColumnMove move = new ColumnMove(parent, child, moved);
		plan.expand(move.addColumns(before, plan));
		Table target = move.target();
		RowSecurity.noteMove(before, plan, parent.name(), child.name());
		RowPair pair = new OneToOne(parent, target, tables.childKey(), tables.clauses()).pair(moved);
		DualWrite sync = new IntoExistingRows(pair).addTo(plan);
		List<Carried> carried = move.carried(before, plan);
		List<TableLock> locks = LockOrder.exclusive(move.referred(before), List.of(parent.name(), child.name()));
		Retirement retirement = MovedColumns.retirement(plan, pair, this.columns, sync);
		List<String> statements = new ArrayList<>(retirement.drop());
		carried.forEach((part) -> part.afterDrop(before).forEach(statements::add));
		plan.afterBackfill(Statistics.of(target))
			.contract(retirement.retire(locks, List.of(), List.of()))
			.contract(Ddl.destructive("drop %s of %s".formatted(this.columns, parent.name()), locks, statements))
			.note("%s gets a row for each row of %s that has values in %s and none there; a rollback leaves these rows."
				.formatted(child.name(), parent.name(), this.columns));
		if (!tables.allSay("ON UPDATE CASCADE")) {
			plan.note("A key of %s can't be changed once it has a row in %s, and that may be made by the change."
				.formatted(parent.name(), child.name()));
		}
		return before.with(target).with(MovedColumns.without(parent, this.columns));
	}

	/**
	 * Refuse what would make a write of the old version fail because of a row that it
	 * does not know of.
	 */
	private static void requireRowsCanBeMade(Schema before, OneToOne tables) {
		Table child = tables.child();
		List<Column> own = tables.columnsBesideKey();
		for (Column column : own) {
			if (!column.nullable() && column.defaultValue() == null && column.generation() == Generation.NONE) {
				throw new InvalidDefinitionException(
						"Column %s.%s forbids NULL and has no default, so a row that is missing can't be made"
							.formatted(child.name(), column.name()),
						"Give it a default first, by setDefault, or choose splitTable.");
			}
		}
		if (!tables.allSay("ON DELETE CASCADE")) {
			throw new InvalidDefinitionException(
					"The foreign key of %s to %s is not ON DELETE CASCADE, so a row that was made would keep its parent from being deleted"
						.formatted(child.name(), tables.parent().name()),
					"Replace it first, by dropConstraint and addForeignKey with 'onDelete: cascade'.");
		}
		for (ColumnName column : tables.childKey()) {
			if (!before.catalog().references(child.name(), column).isEmpty()) {
				throw new InvalidDefinitionException(
						"Foreign keys refer to %s.%s, so a row that was made could not give way to one that the old version inserts"
							.formatted(child.name(), column),
						"Let them refer to %s instead, or choose splitTable.".formatted(tables.parent().name()));
			}
		}
		Table trial = new Table(new TableName(null, "concertina made row"), Table.Kind.ORDINARY,
				own.stream().map((column) -> column.withNullable(true)).toList(), List.of());
		for (Constraint constraint : before.catalog().constraints().of(child.name())) {
			if (constraint.kind() == Constraint.Kind.CHECK) {
				requireTaken(before, child, trial, constraint);
			}
		}
	}

	private static void requireTaken(Schema before, Table child, Table trial, Constraint check) {
		before.catalog()
			.constraints()
			.objection(List.of(trial),
					(tables) -> List.of("ALTER TABLE %s ADD %s".formatted(tables.get(0), check.definition()),
							"INSERT INTO %s DEFAULT VALUES".formatted(tables.get(0))))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"A row that is missing in %s can't be made, because of check %s: %s".formatted(child.name(),
								check.name(), objection),
						"Loosen the check first, so that it takes a row of NULLs.");
			});
	}

}
