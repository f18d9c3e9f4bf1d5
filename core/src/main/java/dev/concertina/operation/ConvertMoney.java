package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;

/**
 * Turns an amount of money in a floating-point column, or one of type {@code money}, into
 * an exact one: a {@code numeric}, or a {@code bigint} of the smallest unit.
 *
 * @param table the table
 * @param column the old column
 * @param to the new column
 * @param unit what the new column counts
 * @param digits how many digits an amount has behind its point; half a smallest unit is
 * rounded away from zero
 */
public record ConvertMoney(TableName table, ColumnName column, ColumnName to, Unit unit,
		int digits) implements Operation {

	private static final int MOST_DIGITS = 18;

	public ConvertMoney {
		if (digits < 0 || digits > MOST_DIGITS) {
			throw new InvalidDefinitionException("An amount in %s has %d digits behind its point".formatted(to, digits),
					"Use 0 to %d, 2 for most currencies.".formatted(MOST_DIGITS));
		}
	}

	/**
	 * What a column of money counts.
	 */
	public enum Unit {

		/** The main unit, as {@code numeric(19, digits)}. */
		NUMERIC,

		/** The smallest unit, such as cents, as {@code bigint}. */
		SMALLEST

	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the old column
	 * @param to the new column
	 * @param unit what the new column counts
	 * @param digits how many digits an amount has behind its point
	 * @return the operation
	 */
	public static ConvertMoney of(String table, String column, String to, Unit unit, int digits) {
		return new ConvertMoney(TableName.of(table), ColumnName.of(column), ColumnName.of(to), unit, digits);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		SqlType old = before.table(this.table).column(this.column).type();
		String exact = "round(%s::numeric, %d)".formatted(this.column.quoted(), this.digits);
		String power = "1" + "0".repeat(this.digits);
		boolean smallest = this.unit == Unit.SMALLEST;
		String up = smallest ? "(%s * %s)::bigint".formatted(exact, power) : exact;
		String back = smallest ? "(%s::numeric / %s)".formatted(this.to.quoted(), power) : this.to.quoted();
		return new Conversion(this.table, this.column, this.to,
				SqlType.of(smallest ? "bigint" : "numeric(19,%d)".formatted(this.digits)), SqlExpression.of(up),
				SqlExpression.of("%s::%s".formatted(back, old)))
			.compile(before, plan);
	}

}
