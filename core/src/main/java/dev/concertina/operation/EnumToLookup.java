package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Turns a column of an ENUM type into a text that refers to a lookup table, to which
 * values are added by an INSERT. The table has the labels as its key, in their order.
 *
 * @param table the table
 * @param column the column of the ENUM type
 * @param to the new column
 * @param lookup the table to make
 */
public record EnumToLookup(TableName table, ColumnName column, ColumnName to, TableName lookup) implements Operation {

	private static final ColumnName LABEL = ColumnName.of("label");

	private static final ColumnName POSITION = ColumnName.of("position");

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column of the ENUM type
	 * @param to the new column
	 * @param lookup the table to make
	 * @return the operation
	 */
	public static EnumToLookup of(String table, String column, String to, String lookup) {
		return new EnumToLookup(TableName.of(table), ColumnName.of(column), ColumnName.of(to), TableName.of(lookup));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		SqlType type = found.column(this.column).type();
		List<String> labels = before.catalog().labels(type);
		if (labels.isEmpty()) {
			throw new InvalidDefinitionException(
					"Column %s.%s is %s, no ENUM with labels".formatted(found.name(), this.column, type),
					"Choose a column of an ENUM type.");
		}
		TableName name = this.lookup.besides(found.name());
		Requirements.free(before, name);
		Table made = new Table(name, Table.Kind.ORDINARY,
				List.of(before.newColumn(LABEL, SqlType.of("text")).withNullable(false),
						before.newColumn(POSITION, SqlType.of("integer"))),
				List.of(LABEL));
		List<String> rights = before.catalog().objects().readRights(found.name(), List.of(this.column), name);
		plan.expand(NewTable.create(before, plan, made, rights)).expand(fill(made, labels));
		Schema after = new Conversion(this.table, this.column, this.to, SqlType.of("text"),
				SqlExpression.of("%s::text".formatted(this.column.quoted())),
				SqlExpression.of("%s::%s".formatted(this.to.quoted(), type)))
			.compile(before, plan);
		ForeignKey key = ForeignKey.of(after.table(found.name()), List.of(this.to), made, List.of(LABEL), "");
		key.requireAccepted(before, made);
		key.steps(before).forEach(plan::afterBackfill);
		plan.note("The type %s stays, as something else may use it.".formatted(type));
		return after.with(made);
	}

	private static Ddl fill(Table made, List<String> labels) {
		String array = String.join(", ", labels.stream().map(Identifier::literal).toList());
		return Ddl.of("fill %s".formatted(made.name()), List.of(), List
			.of("INSERT INTO %s SELECT label, position FROM unnest(ARRAY[%s]) WITH ORDINALITY AS e (label, position)"
				.formatted(made.name().quoted(), array)), List.of());
	}

}
