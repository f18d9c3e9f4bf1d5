package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.TableName;

/**
 * Turns a text with separators, such as {@code red,green}, into an array. An empty text
 * is an array without elements.
 *
 * @param table the table
 * @param column the column with the text
 * @param to the new column
 * @param elements the type of the elements
 * @param separator what stands between two of them
 */
public record ListToArray(TableName table, ColumnName column, ColumnName to, SqlType elements,
		String separator) implements Operation {

	public ListToArray {
		requireSeparator(column, separator);
	}

	static void requireSeparator(ColumnName column, String separator) {
		if (separator.isEmpty()) {
			throw new InvalidDefinitionException("Nothing separates the elements of %s".formatted(column),
					"Write the text between two elements, such as \",\".");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column with the text
	 * @param to the new column
	 * @param elements the type of the elements
	 * @param separator what stands between two of them
	 * @return the operation
	 */
	public static ListToArray of(String table, String column, String to, String elements, String separator) {
		return new ListToArray(TableName.of(table), ColumnName.of(column), ColumnName.of(to), SqlType.of(elements),
				separator);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		SqlType array = SqlType.of(this.elements + "[]");
		String literal = Identifier.literal(this.separator);
		return new Conversion(this.table, this.column, this.to, array,
				SqlExpression.of("string_to_array(%s, %s)::%s".formatted(this.column.quoted(), literal, array)),
				SqlExpression.of("array_to_string(%s, %s)".formatted(this.to.quoted(), literal)))
			.compile(before, plan);
	}

}
