package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

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
 * Turns a text with separators, such as {@code red,green}, into a table with a row for
 * each part. An empty text has no parts.
 *
 * @param table the table with the text; its primary key has one column
 * @param column the column with the text
 * @param separator what stands between two parts
 * @param into the table to make
 * @param parentKey its column with the key of the parent row
 * @param ordinal its column with the place in the text, counted from 1
 * @param value its column with the part
 * @param type the type of that column
 * @param indexes columns of it that get an index each, built after the copy
 */
public record ListToTable(TableName table, ColumnName column, String separator, TableName into, ColumnName parentKey,
		ColumnName ordinal, ColumnName value, SqlType type, List<ColumnName> indexes) implements Operation {

	public ListToTable {
		indexes = List.copyOf(indexes);
		ListToArray.requireSeparator(column, separator);
		ListToRows.requireColumns(into, List.of(parentKey, ordinal, value), indexes);
	}

	/**
	 * Return the operation without indexes.
	 * @param table the table with the text
	 * @param column the column with the text
	 * @param separator what stands between two parts
	 * @param into the table to make
	 * @param parentKey its column with the key of the parent row
	 * @param ordinal its column with the place in the text
	 * @param value its column with the part
	 * @param type the type of that column
	 * @return the operation
	 */
	public static ListToTable of(String table, String column, String separator, String into, String parentKey,
			String ordinal, String value, String type) {
		return new ListToTable(TableName.of(table), ColumnName.of(column), separator, TableName.of(into),
				ColumnName.of(parentKey), ColumnName.of(ordinal), ColumnName.of(value), SqlType.of(type), List.of());
	}

	/**
	 * Return the operation with one more index.
	 * @param name the column to index
	 * @return the operation
	 */
	public ListToTable withIndex(String name) {
		List<ColumnName> all = new ArrayList<>(this.indexes);
		all.add(ColumnName.of(name));
		return new ListToTable(this.table, this.column, this.separator, this.into, this.parentKey, this.ordinal,
				this.value, this.type, all);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table parent = before.table(this.table);
		Column list = parent.column(this.column);
		requireText(parent, list);
		Requirements.alone(plan, parent, this.column);
		Requirements.chunks(parent);
		Requirements.replaceable(before, parent, list);
		Requirements.expendable(before, plan, parent, list);
		Column key = ListToRows.key(parent, this.into);
		TableName child = this.into.besides(parent.name());
		Requirements.free(before, child);
		Table made = new Table(child, Table.Kind.ORDINARY,
				List.of(before.newColumn(this.parentKey, key.type()).withNullable(false),
						before.newColumn(this.ordinal, SqlType.of("integer")).withNullable(false),
						before.newColumn(this.value, this.type).withNullable(false)),
				List.of(this.parentKey, this.ordinal));
		return new ListToRows(parent, key, made,
				new TextListMapping(list, child, this.parentKey, this.ordinal, this.value, this.type, this.separator),
				this.indexes)
			.compile(before, plan);
	}

	private static void requireText(Table parent, Column list) {
		String type = list.type().sql();
		if (!type.equals("text") && !type.startsWith("character varying")) {
			throw new InvalidDefinitionException("Column %s.%s is %s".formatted(parent.name(), list.name(), type),
					"Choose a column of type text or varchar.");
		}
	}

}
