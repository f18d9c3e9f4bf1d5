package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Turns a column that holds a JSON object into columns of the same table.
 *
 * @param table the table
 * @param column the column with the object, {@code json} or {@code jsonb}
 * @param columns the columns for the keys of the object
 * @param rest the column for all other keys; without it, an object with another key keeps
 * the change from its contract
 */
public record ExtractJsonObject(TableName table, ColumnName column, @AtLeastOne List<JsonField> columns,
		@Nullable ColumnName rest) implements Operation {

	public ExtractJsonObject {
		columns = List.copyOf(columns);
		if (columns.isEmpty()) {
			throw new InvalidDefinitionException("Column %s is to become no column".formatted(column),
					"List at least one under 'columns'.");
		}
	}

	/**
	 * Return the operation without a column for the rest.
	 * @param table the table
	 * @param column the column with the object
	 * @param columns the columns for the keys of the object
	 * @return the operation
	 */
	public static ExtractJsonObject of(String table, String column, JsonField... columns) {
		return new ExtractJsonObject(TableName.of(table), ColumnName.of(column), List.of(columns), null);
	}

	/**
	 * Return the operation with a column for the keys that have none.
	 * @param name the column, which will be {@code jsonb}
	 * @return the operation
	 */
	public ExtractJsonObject withRest(String name) {
		return new ExtractJsonObject(this.table, this.column, this.columns, ColumnName.of(name));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column document = found.column(this.column);
		Requirements.json(found, document);
		List<MappedColumn> to = new ArrayList<>();
		for (JsonField field : this.columns) {
			to.add(new MappedColumn(before.newColumn(field.name(), field.type()),
					SqlExpression.of(field.value(object())), null));
		}
		if (this.rest != null) {
			to.add(new MappedColumn(before.newColumn(this.rest, SqlType.of("jsonb")),
					SqlExpression.of("nullif(%s, '{}')".formatted(unmapped())), null));
		}
		SqlExpression down = SqlExpression.of("(%s)::%s".formatted(document(), document.type()));
		ColumnMapping mapping = new ColumnMapping(found, List.of(MappedColumn.old(document, down)), to, false);
		return new ColumnRegrouping(mapping).addTo(before, plan, complete());
	}

	/** What no column holds of an object; of all else, everything. */
	private String unmapped() {
		String keys = this.columns.stream().map(JsonField::keyLiteral).collect(Collectors.joining(", "));
		return "CASE jsonb_typeof(%1$s) WHEN 'object' THEN %1$s - ARRAY[%2$s]::text[] ELSE %1$s END".formatted(jsonb(),
				keys);
	}

	/** Nothing is lost with the document that the columns do not hold. */
	private String complete() {
		return (this.rest != null) ? "true" : "coalesce(%s, '{}') = '{}'".formatted(unmapped());
	}

	/** The keys that have no column stay as they are until the document is dropped. */
	private String document() {
		String pairs = this.columns.stream()
			.map((field) -> "%s, %s".formatted(field.keyLiteral(), field.name().quoted()))
			.collect(Collectors.joining(", "));
		String others = (this.rest != null) ? this.rest.quoted() : unmapped();
		return "CASE WHEN jsonb_typeof(%1$s) <> 'object' THEN %1$s ELSE coalesce(%1$s, '{}') || jsonb_strip_nulls(jsonb_build_object(%2$s)) END"
			.formatted("(" + others + ")", pairs);
	}

	private String object() {
		return "(CASE jsonb_typeof(%1$s) WHEN 'object' THEN %1$s END)".formatted(jsonb());
	}

	private String jsonb() {
		return "CAST(%s AS jsonb)".formatted(this.column.quoted());
	}

}
