package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Drops a column, at the contract. Until then the new version, which does not know it,
 * inserts rows without it; an expression gives them a value that the old version can
 * read.
 *
 * @param table the table
 * @param column the column
 * @param down its value in rows that are inserted without it, an expression over the
 * other columns; needed if it forbids NULL and has no default
 */
public record DropColumn(TableName table, ColumnName column, @Nullable SqlExpression down) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column
	 * @return the operation
	 */
	public static DropColumn of(String table, String column) {
		return new DropColumn(TableName.of(table), ColumnName.of(column), null);
	}

	/**
	 * Return the operation with a value for the old version.
	 * @param value the value in rows that are inserted without the column
	 * @return the operation
	 */
	public DropColumn filledBy(String value) {
		return new DropColumn(this.table, this.column, SqlExpression.of(value));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column column = found.column(this.column);
		Requirements.ownStructure(found);
		Requirements.alone(plan, found, this.column);
		Requirements.replaceableFilled(before, found, column);
		List<TableName> referred = Requirements.expendable(before, plan, found, column);
		before.catalog()
			.sequence(found.name(), this.column)
			.ifPresent((owned) -> plan
				.note("Sequence %s is dropped with column %s.".formatted(owned.name(), this.column)));
		Names names = new Names(plan);
		List<DualWrite> fill = new ArrayList<>();
		List<DualWrite> fillRetired = new ArrayList<>();
		if (this.down != null) {
			requireFillable(before, found, column, this.down);
			fill.add(fill(plan, found, column, this.down));
			plan.dualWrite(fill.get(0));
			fillRetired.add(fill(plan, found, column.withName(names.retired(this.column)), this.down));
		}
		else {
			requireValue(found, column);
		}
		Retirement retirement = new Retirement(found, List.of(this.column), names, fill, fillRetired);
		plan.contract(retirement.retire(List.of(TableLock.exclusive(found.name())), List.of(), List.of()))
			.contract(Ddl.destructive("drop column %s.%s".formatted(found.name(), this.column),
					LockOrder.exclusive(referred, List.of(found.name())), retirement.drop()));
		return before.with(found.without(this.column));
	}

	private void requireValue(Table found, Column column) {
		if (!column.nullable() && column.defaultValue() == null && column.generation() == Generation.NONE) {
			throw new InvalidDefinitionException(
					"Column %s.%s forbids NULL and has no default, but the new version inserts rows without it"
						.formatted(found.name(), this.column),
					"Give an expression 'down': the value that the old version reads in such rows.");
		}
	}

	private void requireFillable(Schema before, Table found, Column column, SqlExpression value) {
		if (column.defaultValue() != null || column.generation() != Generation.NONE) {
			throw new InvalidDefinitionException("Column %s.%s has a value in rows that are inserted without it"
				.formatted(found.name(), this.column), "Remove 'down', or set the default that it shall have.");
		}
		Requirements.compiles(before, found.without(this.column), "down", value, column.type());
		Requirements.lastToFire(before, found, this.column);
	}

	private static DualWrite fill(PlanBuilder plan, Table found, Column column, SqlExpression value) {
		String body = "BEGIN\n  %s\n  RETURN NEW;\nEND".formatted(RowSql.assign(column, value));
		return new SyncTrigger(found, List.of(column), plan).calling(body)
			.atInsert(column.name().of(Row.NEW) + " IS NULL")
			.dualWrite("fill %s.%s in what is inserted without it".formatted(found.name(), column.name()));
	}

}
