package dev.concertina.chunk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;

/**
 * The columns in whose order a table is gone over, and the SQL that compares them with
 * values. A value is the text that PostgreSQL makes of it.
 *
 * @param columns the columns, none of which is NULL in any row
 */
record Key(List<Column> columns) {

	Key {
		columns = List.copyOf(columns);
	}

	/**
	 * Return the key whose names and types were stored.
	 */
	static Key of(List<String> names, List<String> types) {
		return new Key(IntStream.range(0, names.size())
			.mapToObj((number) -> new Column(ColumnName.of(names.get(number)), types.get(number)))
			.toList());
	}

	List<String> names() {
		return this.columns.stream().map((column) -> column.name().value()).toList();
	}

	List<String> types() {
		return this.columns.stream().map(Column::type).toList();
	}

	/**
	 * Return the condition on rows before or behind a key: of several columns a row
	 * comparison, which a B-tree answers from one place on.
	 */
	String compared(String operator, List<String> values) {
		String row = joined(", ", (column) -> column.name().of(ColumnName.Row.SOURCE));
		String literals = IntStream.range(0, values.size())
			.mapToObj((number) -> this.columns.get(number).literal(values.get(number)))
			.collect(Collectors.joining(", "));
		return "(%s) %s (%s)".formatted(row, operator, literals);
	}

	/**
	 * Return the condition on the row with a key.
	 */
	String is(List<String> values) {
		return IntStream.range(0, values.size())
			.mapToObj((number) -> "%s = %s".formatted(this.columns.get(number).name().of(ColumnName.Row.SOURCE),
					this.columns.get(number).literal(values.get(number))))
			.collect(Collectors.joining(" AND "));
	}

	/**
	 * Return the condition on rows that have no place in the order.
	 */
	String hasNull() {
		return joined(" OR ", (column) -> column.name().of(ColumnName.Row.SOURCE) + " IS NULL");
	}

	String order() {
		return joined(", ", (column) -> column.name().of(ColumnName.Row.SOURCE));
	}

	String orderFromTheEnd() {
		return joined(", ", (column) -> column.name().of(ColumnName.Row.SOURCE) + " DESC");
	}

	/**
	 * Return what selects the values of a row.
	 */
	String texts() {
		return joined(", ", (column) -> column.name().of(ColumnName.Row.SOURCE) + "::text");
	}

	/**
	 * Return the values that {@link #texts()} has selected.
	 */
	List<String> values(ResultSet row) throws SQLException {
		List<String> values = new ArrayList<>();
		for (int number = 1; number <= this.columns.size(); number++) {
			values.add(row.getString(number));
		}
		return values;
	}

	private String joined(String separator, Function<Column, String> part) {
		return this.columns.stream().map(part).collect(Collectors.joining(separator));
	}

	@Override
	public String toString() {
		return joined(", ", (column) -> column.name().value());
	}

	/**
	 * A column of a key.
	 *
	 * @param name its name
	 * @param type its type with the schema, quoted, without a length: a cast to it
	 * changes no value
	 */
	record Column(ColumnName name, String type) {

		String literal(String value) {
			return "%s::%s".formatted(Identifier.literal(value), this.type);
		}

	}

}
