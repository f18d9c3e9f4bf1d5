package dev.concertina.operation;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * The default of a column, which another one, or none, may take the place of.
 *
 * @param table the table
 * @param column the column as it is
 */
record ColumnDefault(Table table, Column column) {

	static ColumnDefault of(Table table, Column column) {
		if (column.generation() != Generation.NONE) {
			throw new InvalidDefinitionException("Column %s.%s is filled by PostgreSQL itself (%s)".formatted(
					table.name(), column.name(), column.generation()), "Choose a column that can have a default.");
		}
		return new ColumnDefault(table, column);
	}

	Ddl replacedBy(@Nullable SqlExpression value) {
		return Ddl.of(
				"%s the default of %s.%s".formatted((value != null) ? "set" : "drop", this.table.name(),
						this.column.name()),
				TableLock.exclusive(this.table.name()), "ALTER TABLE " + change(value),
				"ALTER TABLE IF EXISTS " + change(this.column.defaultValue()));
	}

	private String change(@Nullable SqlExpression value) {
		return "%s ALTER COLUMN %s %s".formatted(this.table.name().quoted(), this.column.name().quoted(),
				(value != null) ? "SET DEFAULT " + value.enclosed() : "DROP DEFAULT");
	}

}
