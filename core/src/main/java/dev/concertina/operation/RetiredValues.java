package dev.concertina.operation;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.ColumnName.Row;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * Refuses values for columns that are out of sight. Nobody names them, but an INSERT or a
 * COPY without names gives its values by position: what it means for the old column would
 * be lost, as that follows the new one. It fails with the code of a column that does not
 * exist, as it will once that is dropped.
 *
 * @param table the table with the names before
 * @param columns the columns
 * @param names what they are called when they are out of sight
 */
record RetiredValues(Table table, List<ColumnName> columns, Names names) {

	private static final Pattern LITERAL = Pattern.compile("(NULL|true|false|-?[\\d.]+|'([^']|'')*')(::.+)?",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * Return the triggers. They fire before those that let the columns follow, by their
	 * names.
	 */
	DualWrite refuse(PlanBuilder plan) {
		List<Column> known = this.columns.stream().map(this.table::column).filter(RetiredValues::isKnown).toList();
		CrossTableTriggers triggers = new CrossTableTriggers(plan);
		if (!known.isEmpty()) {
			String message = "a value for column %s of relation %s, %s".formatted(
					known.stream().map((column) -> column.name().quoted()).collect(Collectors.joining(", ")),
					new Identifier(this.table.name().name()).quoted(), Plan.outOfSight(plan.change()));
			triggers
				.function("given", body(known.stream().map(this::isGiven).collect(Collectors.joining(" OR ")), message))
				.eachRow(this.table.name(), "given", "BEFORE INSERT",
						known.stream()
							.map((column) -> value(column) + " IS NOT NULL")
							.collect(Collectors.joining(" OR ", "(", ")")),
						"given");
		}
		return triggers.dualWrite("refuse values of what is out of sight", this.table.name(), this.table.name());
	}

	private static String body(String given, String message) {
		return """
				BEGIN
				  IF %s THEN
				    RAISE undefined_column
				      USING MESSAGE = %s,
				            HINT = 'Name the columns of the INSERT or COPY, and give those that have taken its place.';
				  END IF;
				  RETURN NEW;
				END""".formatted(given, Identifier.literal(message));
	}

	/**
	 * What is computed anew for each row can't be told from what was given.
	 */
	private static boolean isKnown(Column column) {
		return column.generation() == Column.Generation.NONE
				&& (column.defaultValue() == null || LITERAL.matcher(column.defaultValue().toString()).matches());
	}

	private String isGiven(Column column) {
		String given = value(column) + " IS NOT NULL";
		return (column.defaultValue() == null) ? given : "(%s AND %s)".formatted(given, RowSql.different(value(column),
				"CAST(%s AS %s)".formatted(Objects.requireNonNull(column.defaultValue()).enclosed(), column.type())));
	}

	private String value(Column column) {
		return this.names.retired(column.name()).of(Row.NEW);
	}

}
