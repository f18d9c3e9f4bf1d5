package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Adds a column: nullable, with a default, or filled from an expression over the row.
 *
 * <p>
 * A default that is the same for every row costs nothing and is set at once. A volatile
 * default, and an expression, are copied into the existing rows; the expression is also
 * computed for what the old version writes, until the contract. The default that a column
 * with an expression shall have is set at the contract.
 *
 * @param table the table
 * @param column the new column
 * @param type its type
 * @param notNull whether it shall forbid NULL; needs a default or an expression
 * @param defaultValue its default
 * @param up its value in rows that were written without it, an expression over the other
 * columns
 */
public record AddColumn(TableName table, ColumnName column, SqlType type, boolean notNull,
		@Key("default") @Nullable SqlExpression defaultValue, @Nullable SqlExpression up) implements Operation {

	/**
	 * Return the operation for a nullable column.
	 * @param table the table
	 * @param column the new column
	 * @param type its type
	 * @return the operation
	 */
	public static AddColumn of(String table, String column, String type) {
		return new AddColumn(TableName.of(table), ColumnName.of(column), SqlType.of(type), false, null, null);
	}

	/**
	 * Return the operation with a default.
	 * @param value the default
	 * @return the operation
	 */
	public AddColumn withDefault(String value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, SqlExpression.of(value), this.up);
	}

	/**
	 * Return the operation with an expression.
	 * @param value the value in rows that were written without the column
	 * @return the operation
	 */
	public AddColumn filledBy(String value) {
		return new AddColumn(this.table, this.column, this.type, this.notNull, this.defaultValue,
				SqlExpression.of(value));
	}

	/**
	 * Return the operation for a column that forbids NULL.
	 * @return the operation
	 */
	public AddColumn withNotNull() {
		return new AddColumn(this.table, this.column, this.type, true, this.defaultValue, this.up);
	}

	@Override
	public Schema compile(Schema before, Plan.Builder plan) {
		Table found = before.table(this.table);
		found.requireFree(this.column);
		Requirements.alone(plan, found, this.column);
		Column added = before.newColumn(this.column, this.type);
		Requirements.addedAtOnce(before, found, added);
		requireValue(found);
		if (this.defaultValue != null) {
			Requirements.constant(before, found, this.defaultValue, this.type);
		}
		if (this.up != null) {
			Requirements.compiles(before, found, "up", this.up, this.type);
			fill(before, plan, found, added, this.up);
		}
		else if (this.defaultValue != null && before.catalog().isVolatile(this.defaultValue.functions())) {
			fill(before, plan, found, added, this.defaultValue);
		}
		else {
			plan.expand(add(found, instant()));
		}
		return before.with(found.with(added.withNullable(!this.notNull)));
	}

	private void requireValue(Table found) {
		if (this.notNull && this.defaultValue == null && this.up == null) {
			throw new InvalidDefinitionException("Column %s.%s shall forbid NULL, but rows have no value for it"
				.formatted(found.name(), this.column), "Give it a 'default', or an expression 'up'.");
		}
	}

	private String instant() {
		String constraint = this.notNull ? " NOT NULL" : "";
		return (this.defaultValue != null) ? " DEFAULT %s%s".formatted(this.defaultValue.enclosed(), constraint)
				: constraint;
	}

	private void fill(Schema before, Plan.Builder plan, Table found, Column added, SqlExpression value) {
		Requirements.chunks(found);
		Requirements.lastToFire(before, found, this.column);
		FilledColumn filled = new FilledColumn(found, added, value);
		SyncTrigger trigger = filled.trigger(plan);
		DualWrite sync = trigger
			.dualWrite("fill %s.%s in what is written without it".formatted(found.name(), this.column));
		plan.expand(add(found, ""))
			.dualWrite(sync, trigger.narrow())
			.backfill(filled.copy())
			.afterBackfill(Statistics.of(found));
		plan.verify(filled.isFilled());
		if (this.notNull) {
			NotNull.steps(found, this.column).forEach(plan::contract);
		}
		plan.contract(finish(found, sync));
	}

	private Ddl add(Table found, String clauses) {
		String name = found.name().quoted();
		return Ddl.of("add column %s to %s".formatted(this.column, found.name()), TableLock.exclusive(found.name()),
				"ALTER TABLE %s ADD COLUMN %s %s%s".formatted(name, this.column.quoted(), this.type, clauses),
				"ALTER TABLE IF EXISTS %s DROP COLUMN IF EXISTS %s".formatted(name, this.column.quoted()));
	}

	private Ddl finish(Table found, DualWrite sync) {
		List<String> statements = new ArrayList<>(sync.drop());
		if (this.defaultValue != null) {
			statements.add("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s".formatted(found.name().quoted(),
					this.column.quoted(), this.defaultValue.enclosed()));
		}
		return Ddl.of("stop filling %s.%s".formatted(found.name(), this.column),
				List.of(TableLock.exclusive(found.name())), statements, sync.drop());
	}

}
