package dev.concertina.operation;

import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * A new column that PostgreSQL computes when it is read. One that is stored can't be had
 * while the table is in use: PostgreSQL writes every row anew to add it, and makes none
 * of a column that is there.
 *
 * @param table the table
 * @param column the new column
 * @param value its value
 */
record VirtualColumn(Table table, Column column, SqlExpression value) {

	/** The first version with virtual columns. */
	private static final int SINCE = 18;

	/**
	 * Refuse what the server would refuse, or do under a lock for long.
	 */
	void require(Schema schema) {
		int version = schema.catalog().objects().majorVersion();
		if (version < SINCE) {
			throw new InvalidDefinitionException(
					"PostgreSQL %d stores generated columns: to add %s.%s it would write every row anew, and keep everybody out meanwhile"
						.formatted(version, this.table.name(), this.column.name()),
					"Fill the column by 'up' and keep it so by a trigger of your own (createTrigger); PostgreSQL 18 computes it when it is read.");
		}
		Requirements.compiles(schema, this.table, "generated", this.value, this.column.type());
		schema.catalog()
			.constraints()
			.objection(List.of(this.table),
					(twins) -> List.of("ALTER TABLE %s ADD COLUMN %s %s%s".formatted(twins.get(0),
							this.column.name().quoted(), this.column.type(), clause())))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException("Column %s.%s can't be generated: %s".formatted(this.table.name(),
						this.column.name(), objection),
						"Write an immutable expression of built-in functions and types.");
			});
	}

	String clause() {
		return " GENERATED ALWAYS AS %s VIRTUAL".formatted(this.value.enclosed());
	}

	Column generated() {
		return new Column(this.column.name(), this.column.type(), true, null, Generation.EXPRESSION);
	}

}
