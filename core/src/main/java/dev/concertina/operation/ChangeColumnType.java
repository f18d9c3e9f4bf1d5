package dev.concertina.operation;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Gives a column another type, by expressions in both directions.
 *
 * <p>
 * With a new name, both columns can be read and written until the contract. Without one
 * the column keeps its name: at once where PostgreSQL needs to write nothing anew for
 * that, else by a hidden column that takes its place at the contract.
 *
 * <p>
 * Expressions are computed with the time zone UTC and the date style ISO, in triggers,
 * batches and checks alike: say {@code AT TIME ZONE} where a text or timestamp means
 * another zone.
 *
 * @param table the table
 * @param column the old column
 * @param to the new column, {@code null} to keep the name
 * @param type its type
 * @param up the new value, an expression over the columns of the table; {@code null} for
 * a cast
 * @param down the old value, an expression over the new column, which has the old name
 * where that stays; {@code null} for a cast
 * @param defaultValue the default that the new column gets at the contract; required if
 * the old one has a default and there is a new name
 */
public record ChangeColumnType(TableName table, ColumnName column, @Nullable ColumnName to, SqlType type,
		@Nullable SqlExpression up, @Nullable SqlExpression down,
		@Key("default") @Nullable SqlExpression defaultValue) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the old column
	 * @param to the new column
	 * @param type its type
	 * @param up the new value, an expression over the columns of the table
	 * @param down the old value, an expression over the new column
	 * @return the operation, without a default for the new column
	 */
	public static ChangeColumnType of(String table, String column, String to, String type, String up, String down) {
		return new ChangeColumnType(TableName.of(table), ColumnName.of(column), ColumnName.of(to), SqlType.of(type),
				SqlExpression.of(up), SqlExpression.of(down), null);
	}

	/**
	 * Return the operation that keeps the name and casts the values.
	 * @param table the table
	 * @param column the column
	 * @param type its new type
	 * @return the operation
	 */
	public static ChangeColumnType of(String table, String column, String type) {
		return new ChangeColumnType(TableName.of(table), ColumnName.of(column), null, SqlType.of(type), null, null,
				null);
	}

	/**
	 * Return the operation with a default for the new column.
	 * @param value the default, set at the contract
	 * @return the operation
	 */
	public ChangeColumnType withDefault(String value) {
		return new ChangeColumnType(this.table, this.column, this.to, this.type, this.up, this.down,
				SqlExpression.of(value));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column old = found.column(this.column);
		if (this.to == null && this.up == null && this.down == null && this.defaultValue == null
				&& before.catalog().isInstant(found.name(), this.column, this.type)) {
			return atOnce(before, plan, found, old);
		}
		ColumnName name = (this.to != null) ? this.to : new Names(plan).meanwhile(this.column);
		Column changed = before.newColumn(name, this.type);
		SqlExpression newValue = (this.up != null) ? this.up : SqlExpression.of(this.column);
		SqlExpression oldValue = (this.down != null) ? this.down
				: SqlExpression.of((this.to != null) ? name : this.column);
		Requirements.compiles(before, found, "up", newValue, this.type);
		if (this.to != null || this.down != null) {
			Table written = (this.to != null) ? found.with(changed) : renamed(before, found);
			Requirements.compiles(before, written, "down", oldValue, old.type());
		}
		Requirements.stable(before, "'up'", newValue);
		Requirements.stable(before, "'down'", oldValue);
		MappedColumn to = new MappedColumn(changed, newValue, newDefault(before, found, old));
		ColumnReplacement replacement = new ColumnReplacement(found, old, to, oldValue,
				(this.to != null) ? name : this.column);
		return hasWayBack(before, found, old) ? replacement.addTo(before, plan) : replacement.dropAtOnce(before, plan,
				"no cast gives its value from the new one, and 'down' is not given");
	}

	/**
	 * Where the name stays nobody had to give an expression, so a cast is taken only if
	 * there was one for the way there.
	 */
	private boolean hasWayBack(Schema before, Table found, Column old) {
		return this.to != null || this.down != null
				|| (this.up == null && before.catalog()
					.objection(SqlExpression.of("CAST(%s AS %s)".formatted(this.column.quoted(), old.type())),
							renamed(before, found), old.type())
					.isEmpty());
	}

	/** The table once the new column has the name of the old one. */
	private Table renamed(Schema before, Table found) {
		return found.without(this.column).with(before.newColumn(this.column, this.type));
	}

	private Schema atOnce(Schema before, PlanBuilder plan, Table found, Column old) {
		Requirements.alone(plan, found, this.column);
		Requirements.replaceable(before, found, old);
		String alter = "ALTER TABLE %s ALTER COLUMN %s TYPE ".formatted(found.name().quoted(), this.column.quoted());
		plan.expand(Ddl.of("change the type of %s.%s".formatted(found.name(), this.column),
				TableLock.exclusive(found.name()), alter + this.type, alter + old.type()));
		plan.note("The rollback of %s.%s to %s may write the table anew, under a lock that stops reads and writes."
			.formatted(found.name(), this.column, old.type()));
		return before
			.with(found.with(new Column(this.column, this.type, old.nullable(), old.defaultValue(), old.generation())));
	}

	private @Nullable SqlExpression newDefault(Schema before, Table found, Column old) {
		SqlExpression value = this.defaultValue;
		if (value == null && this.to == null) {
			value = old.defaultValue();
		}
		if (value != null) {
			Requirements.constant(before, found, value, this.type);
		}
		else if (old.defaultValue() != null) {
			throw new InvalidDefinitionException(
					"Column %s.%s has the default %s, and %s would have none".formatted(this.table, this.column,
							old.defaultValue(), this.to),
					"Write the default of the new column under 'default', or NULL for none.");
		}
		return value;
	}

}
