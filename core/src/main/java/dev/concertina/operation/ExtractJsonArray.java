package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.AtLeastOne;
import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Turns a column that holds a JSON array of objects into a table with a row an element.
 *
 * @param table the table with the array; its primary key has one column
 * @param column the column with the array, {@code json} or {@code jsonb}
 * @param into the table to make
 * @param parentKey its column with the key of the parent row
 * @param ordinal its column with the place in the array, counted from 1
 * @param columns its columns for the keys of the objects
 * @param rest its column for all other keys; without it, an element with another key
 * keeps the change from its contract
 * @param indexes columns of it that get an index each, built after the copy
 */
public record ExtractJsonArray(TableName table, ColumnName column, TableName into, ColumnName parentKey,
		ColumnName ordinal, @AtLeastOne List<JsonField> columns, @Nullable ColumnName rest,
		List<ColumnName> indexes) implements Operation {

	public ExtractJsonArray {
		columns = List.copyOf(columns);
		indexes = List.copyOf(indexes);
		if (columns.isEmpty()) {
			throw new InvalidDefinitionException("Table %s gets no column for the keys of %s".formatted(into, column),
					"List at least one under 'columns'.");
		}
		List<ColumnName> names = new ArrayList<>(List.of(parentKey, ordinal));
		columns.forEach((field) -> names.add(field.name()));
		if (rest != null) {
			names.add(rest);
		}
		ListToRows.requireColumns(into, names, indexes);
	}

	/**
	 * Return the operation without a column for the rest and without indexes.
	 * @param table the table with the array
	 * @param column the column with the array
	 * @param into the table to make
	 * @param parentKey its column with the key of the parent row
	 * @param ordinal its column with the place in the array
	 * @param columns its columns for the keys of the objects
	 * @return the operation
	 */
	public static ExtractJsonArray of(String table, String column, String into, String parentKey, String ordinal,
			JsonField... columns) {
		return new ExtractJsonArray(TableName.of(table), ColumnName.of(column), TableName.of(into),
				ColumnName.of(parentKey), ColumnName.of(ordinal), List.of(columns), null, List.of());
	}

	/**
	 * Return the operation with a column for the keys that have none.
	 * @param name the column, which will be {@code jsonb}
	 * @return the operation
	 */
	public ExtractJsonArray withRest(String name) {
		return new ExtractJsonArray(this.table, this.column, this.into, this.parentKey, this.ordinal, this.columns,
				ColumnName.of(name), this.indexes);
	}

	/**
	 * Return the operation with one more index.
	 * @param name the column to index
	 * @return the operation
	 */
	public ExtractJsonArray withIndex(String name) {
		List<ColumnName> all = new ArrayList<>(this.indexes);
		all.add(ColumnName.of(name));
		return new ExtractJsonArray(this.table, this.column, this.into, this.parentKey, this.ordinal, this.columns,
				this.rest, all);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table parent = before.table(this.table);
		Column document = parent.column(this.column);
		Requirements.json(parent, document);
		Requirements.alone(plan, parent, this.column);
		Requirements.chunks(parent);
		Requirements.replaceable(before, parent, document);
		Column key = ListToRows.key(parent, this.into);
		TableName child = this.into.besides(parent.name());
		Requirements.free(before, child);
		Table made = new Table(child, Table.Kind.ORDINARY, childColumns(before, key),
				List.of(this.parentKey, this.ordinal));
		return new ListToRows(parent, key, made,
				new ArrayMapping(document, child, this.parentKey, this.ordinal, this.columns, this.rest), this.indexes)
			.compile(before, plan);
	}

	private List<Column> childColumns(Schema schema, Column key) {
		List<Column> all = new ArrayList<>();
		all.add(schema.newColumn(this.parentKey, key.type()).withNullable(false));
		all.add(schema.newColumn(this.ordinal, SqlType.of("integer")).withNullable(false));
		this.columns.forEach((field) -> all.add(schema.newColumn(field.name(), field.type())));
		if (this.rest != null) {
			all.add(schema.newColumn(this.rest, SqlType.of("jsonb")));
		}
		return all;
	}

}
