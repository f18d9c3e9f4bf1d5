package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Adds an exclusion constraint to a table that the same change makes. PostgreSQL can't
 * add one to a table in use: refused, with the reason and the ways out.
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
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		if (before.catalog().table(found.name()).isPresent()) {
			throw new InvalidDefinitionException(
					"The exclusion constraint %s of %s can't be added while the table is in use: PostgreSQL builds its index under a lock that keeps everybody out, and can neither take a finished index nor check the rows later"
						.formatted(this.name, found.name()),
					"Add it by a script when nobody uses the table, or to a table that the same change makes; for equality alone use addUnique.");
		}
		String add = "ALTER TABLE %s ADD CONSTRAINT %s EXCLUDE %s".formatted(found.name().quoted(), this.name.quoted(),
				this.definition);
		before.catalog().rehearsal(Requirements.madeBefore(plan)).objection(add).ifPresent((objection) -> {
			throw new InvalidDefinitionException(
					"The exclusion constraint %s of %s can't be made: %s".formatted(this.name, found.name(), objection),
					"Write what stands behind EXCLUDE, such as: USING gist (room WITH =, during WITH &&).");
		});
		plan.expand(Ddl.of("keep rows of %s apart by %s".formatted(found.name(), this.name), List.of(), List.of(add),
				List.of()));
		return before;
	}

}
