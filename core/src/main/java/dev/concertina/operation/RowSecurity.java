package dev.concertina.operation;

import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * Policies that say who sees which row.
 */
final class RowSecurity {

	private RowSecurity() {
	}

	/**
	 * Tell people if values leave the policies of their table.
	 */
	static void noteMove(Schema schema, PlanBuilder plan, TableName from, TableName to) {
		if (schema.catalog().objects().hasRowSecurity(from)) {
			plan.note(
					"The policies of %s do not arrive at %s, which shows all its rows to whoever may read it. Until it has policies of its own, let no role read it that must not see them all."
						.formatted(from, to));
		}
	}

}
