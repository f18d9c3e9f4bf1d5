package dev.concertina.operation;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.change.AtLeastOne;
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
 * Turns a text, a number or a character that means yes or no into a {@code boolean}.
 *
 * @param table the table
 * @param column the old column
 * @param to the new column
 * @param yes the values that mean yes, as text; the first is what the new version's yes
 * becomes in the old column
 * @param no the values that mean no; any other value makes its write fail, and stops the
 * copy
 */
public record ConvertToBoolean(TableName table, ColumnName column, ColumnName to, @AtLeastOne List<String> yes,
		@AtLeastOne List<String> no) implements Operation {

	public ConvertToBoolean {
		yes = List.copyOf(yes);
		no = List.copyOf(no);
		if (yes.isEmpty() || no.isEmpty() || yes.stream().anyMatch(no::contains)) {
			throw new InvalidDefinitionException("Yes is %s and no is %s in %s".formatted(yes, no, column),
					"List at least one value each under 'yes' and 'no', and none under both.");
		}
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the old column
	 * @param to the new column
	 * @param yes the value that means yes
	 * @param no the value that means no
	 * @return the operation
	 */
	public static ConvertToBoolean of(String table, String column, String to, String yes, String no) {
		return new ConvertToBoolean(TableName.of(table), ColumnName.of(column), ColumnName.of(to), List.of(yes),
				List.of(no));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		SqlType type = before.table(this.table).column(this.column).type();
		String text = "rtrim(%s::text)".formatted(this.column.quoted());
		// what is in neither list is no boolean, and PostgreSQL says so with its value
		String up = "CASE WHEN %1$s IN (%2$s) THEN true WHEN %1$s IN (%3$s) THEN false ELSE ('not yes or no: ' || %1$s)::boolean END"
			.formatted(text, literals(this.yes), literals(this.no));
		String down = "CASE WHEN %1$s THEN %2$s::%4$s WHEN NOT %1$s THEN %3$s::%4$s END".formatted(this.to.quoted(),
				Identifier.literal(this.yes.get(0)), Identifier.literal(this.no.get(0)), type);
		return new Conversion(this.table, this.column, this.to, SqlType.of("boolean"), SqlExpression.of(up),
				SqlExpression.of(down))
			.compile(before, plan);
	}

	private static String literals(List<String> values) {
		return values.stream().map(Identifier::literal).collect(Collectors.joining(", "));
	}

}
