package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Lets a column accept NULL, from the expand on.
 *
 * @param table the table
 * @param column the column
 */
public record DropNotNull(TableName table, ColumnName column) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param column the column
	 * @return the operation
	 */
	public static DropNotNull of(String table, String column) {
		return new DropNotNull(TableName.of(table), ColumnName.of(column));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Column column = found.column(this.column);
		Requirements.ownStructure(found);
		Requirements.alone(plan, found, this.column);
		requireFree(found, column);
		plan.expand(accept(before, found))
			.note("%s.%s: a rollback reads the whole table under a lock, and fails while a row holds NULL."
				.formatted(found.name(), this.column));
		return before.with(found.with(column.withNullable(true)));
	}

	private void requireFree(Table found, Column column) {
		if (column.nullable()) {
			throw new InvalidDefinitionException(
					"Column %s.%s accepts NULL already".formatted(found.name(), this.column), "Remove the operation.");
		}
		if (found.primaryKey().contains(this.column)) {
			throw new InvalidDefinitionException(
					"Column %s.%s is part of the primary key".formatted(found.name(), this.column),
					"Choose a column that no primary key has.");
		}
		if (column.generation() == Column.Generation.IDENTITY) {
			throw new InvalidDefinitionException("Column %s.%s is an identity".formatted(found.name(), this.column),
					"Choose a column that the application writes.");
		}
	}

	/** PostgreSQL 18 gives what forbids NULL a name. */
	private Ddl accept(Schema before, Table found) {
		String name = found.name().quoted();
		String forbid = before.catalog()
			.objects()
			.notNull(found.name(), this.column)
			.map((constraint) -> "ADD CONSTRAINT %s NOT NULL %s".formatted(constraint.quoted(), this.column.quoted()))
			.orElse("ALTER COLUMN %s SET NOT NULL".formatted(this.column.quoted()));
		return Ddl.of("let %s.%s accept NULL".formatted(found.name(), this.column), TableLock.exclusive(found.name()),
				"ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL".formatted(name, this.column.quoted()),
				"ALTER TABLE IF EXISTS %s %s".formatted(name, forbid));
	}

}
