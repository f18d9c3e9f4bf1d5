package dev.concertina.operation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Plan;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Moves a column to another type, under a new name, by expressions in both directions.
 *
 * <p>
 * Expressions are computed with the time zone UTC and the date style ISO, in triggers,
 * batches and checks alike: say {@code AT TIME ZONE} where a text or timestamp means
 * another zone.
 *
 * @param table the table
 * @param column the old column
 * @param to the new column
 * @param type its type
 * @param up the new value, an expression over the columns of the table
 * @param down the old value, an expression over the new column
 * @param defaultValue the default that the new column gets at the contract; required if
 * the old one has a default
 */
public record ChangeColumnType(TableName table, ColumnName column, ColumnName to, SqlType type, SqlExpression up,
		SqlExpression down, @Key("default") @Nullable SqlExpression defaultValue) implements Operation {

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
	 * Return the operation with a default for the new column.
	 * @param value the default, set at the contract
	 * @return the operation
	 */
	public ChangeColumnType withDefault(String value) {
		return new ChangeColumnType(this.table, this.column, this.to, this.type, this.up, this.down,
				SqlExpression.of(value));
	}

	@Override
	public Schema compile(Schema before, Plan.Builder plan) {
		Table found = before.table(this.table);
		Column old = found.column(this.column);
		Column changed = before.newColumn(this.to, this.type);
		Requirements.compiles(before, found, "up", this.up, this.type);
		Requirements.compiles(before, found.with(changed), "down", this.down, old.type());
		Requirements.stable(before, "'up'", this.up);
		Requirements.stable(before, "'down'", this.down);
		requireDefault(before, found, old);
		return new ColumnReplacement(found, old, new MappedColumn(changed, this.up, this.defaultValue), this.down,
				this.to)
			.addTo(before, plan);
	}

	private void requireDefault(Schema before, Table found, Column old) {
		if (this.defaultValue != null) {
			Requirements.compiles(before, new Table(found.name(), found.kind(), List.of(), List.of()), "default",
					this.defaultValue, this.type);
		}
		if (old.defaultValue() != null && this.defaultValue == null) {
			throw new InvalidDefinitionException(
					"Column %s.%s has the default %s, and %s would have none".formatted(this.table, this.column,
							old.defaultValue(), this.to),
					"Write the default of the new column under 'default', or NULL for none.");
		}
	}

}
