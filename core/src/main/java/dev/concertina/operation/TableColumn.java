package dev.concertina.operation;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;

/**
 * A column of a new table.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it forbids NULL
 * @param defaultValue its default
 * @param comment what is said about it
 */
public record TableColumn(ColumnName name, SqlType type, boolean notNull,
		@Key("default") @Nullable SqlExpression defaultValue, @Nullable String comment) {

	/**
	 * Return a column that accepts NULL.
	 * @param name its name
	 * @param type its type
	 * @return the column
	 */
	public static TableColumn of(String name, String type) {
		return new TableColumn(ColumnName.of(name), SqlType.of(type), false, null, null);
	}

	/**
	 * Return the column with a default.
	 * @param value the default
	 * @return the column
	 */
	public TableColumn withDefault(String value) {
		return new TableColumn(this.name, this.type, this.notNull, SqlExpression.of(value), this.comment);
	}

	/**
	 * Return the column that forbids NULL.
	 * @return the column
	 */
	public TableColumn withNotNull() {
		return new TableColumn(this.name, this.type, true, this.defaultValue, this.comment);
	}

	/**
	 * Return the column with a comment.
	 * @param text the comment
	 * @return the column
	 */
	public TableColumn withComment(String text) {
		return new TableColumn(this.name, this.type, this.notNull, this.defaultValue, text);
	}

	Column column(Schema schema, Table table) {
		Column column = schema.newColumn(this.name, this.type).withNullable(!this.notNull);
		if (this.defaultValue != null) {
			Requirements.constant(schema, table, this.defaultValue, this.type);
		}
		return column.withDefault(this.defaultValue);
	}

	String sql() {
		String value = Optional.ofNullable(this.defaultValue).map((given) -> " DEFAULT " + given.enclosed()).orElse("");
		return "%s %s%s%s".formatted(this.name.quoted(), this.type, value, this.notNull ? " NOT NULL" : "");
	}

}
