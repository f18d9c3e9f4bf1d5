package dev.concertina.operation;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Key;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.SqlType;
import dev.concertina.schema.Table;

/**
 * A column that an operation makes out of others.
 *
 * @param name its name
 * @param type its type
 * @param up its value, an expression over the columns of the table
 * @param defaultValue its default, set at the contract
 */
public record NewColumn(ColumnName name, SqlType type, SqlExpression up,
		@Key("default") @Nullable SqlExpression defaultValue) {

	/**
	 * Return a column without a default.
	 * @param name its name
	 * @param type its type
	 * @param up its value, an expression over the columns of the table
	 * @return the column
	 */
	public static NewColumn of(String name, String type, String up) {
		return new NewColumn(ColumnName.of(name), SqlType.of(type), SqlExpression.of(up), null);
	}

	MappedColumn mapped(Schema schema, Table table) {
		Requirements.compiles(schema, table, "up", this.up, this.type);
		Requirements.stable(schema, "'up'", this.up);
		if (this.defaultValue != null) {
			Requirements.constant(schema, table, this.defaultValue, this.type);
		}
		return new MappedColumn(schema.newColumn(this.name, this.type), this.up, this.defaultValue);
	}

}
