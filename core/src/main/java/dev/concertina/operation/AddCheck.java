package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Check;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.RangedSql;
import dev.concertina.schema.Column;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Adds a check. Rows that violate it are found by the comparison and keep the change from
 * its contract; the check itself comes at the contract, and reads the rows beside reads
 * and writes.
 *
 * @param table the table
 * @param name the name of the check
 * @param check what must not be false, an expression over the columns of the table
 */
public record AddCheck(TableName table, Identifier name, SqlExpression check) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name of the check
	 * @param check what must not be false, an expression over the columns of the table
	 * @return the operation
	 */
	public static AddCheck of(String table, String name, String check) {
		return new AddCheck(TableName.of(table), Identifier.of(name), SqlExpression.of(check));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.chunks(found);
		Requirements.shared(before, plan, found, found.columnsIn(this.check).stream().map(Column::name).toList());
		Existing.requireFree(before, plan, found, this.name);
		String definition = "CHECK " + this.check.enclosed();
		before.catalog()
			.constraints()
			.objection(List.of(found),
					(tables) -> List.of("ALTER TABLE %s ADD %s".formatted(tables.get(0), definition)))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"'check: %s' does not compile: %s".formatted(this.check, objection),
						"Write a condition over the columns of %s.".formatted(found.name()));
			});
		plan.verify(holds(found));
		new ConstraintBuild(found.name(), this.name, this.name, definition, Partitions.exclusive(before, found.name()),
				Partitions.of(before, found))
			.steps(true)
			.forEach(plan::contract);
		return before;
	}

	private Check holds(Table found) {
		String comparison = "SELECT %s AS key, CASE WHEN %s IS FALSE THEN 'different' END AS difference FROM"
			.formatted(RowSql.key(found), this.check.enclosed());
		return new Check("every row of %s satisfies %s".formatted(found.name(), this.name), found.name(),
				new RangedSql(comparison, " WHERE", ""));
	}

}
