package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Plan;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.TableName;

/**
 * An exclusion constraint, which PostgreSQL can't add to a table in use: always refused,
 * with the reason and the ways out.
 *
 * @param table the table
 * @param name the name of the constraint
 * @param definition what it excludes, as it stands behind {@code EXCLUDE}
 */
public record AddExclusion(TableName table, Identifier name, SqlExpression definition) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name of the constraint
	 * @param definition what it excludes, as it stands behind {@code EXCLUDE}
	 * @return the operation
	 */
	public static AddExclusion of(String table, String name, String definition) {
		return new AddExclusion(TableName.of(table), Identifier.of(name), SqlExpression.of(definition));
	}

	@Override
	public Schema compile(Schema before, Plan.Builder plan) {
		throw new InvalidDefinitionException(
				"The exclusion constraint %s of %s can't be added while the table is in use: PostgreSQL builds its index under a lock that keeps everybody out, and can neither take a finished index nor check the rows later"
					.formatted(this.name, before.table(this.table).name()),
				"Add it by a script when nobody uses the table, or give it to a new table before rows are copied there; for equality alone use addUnique.");
	}

}
