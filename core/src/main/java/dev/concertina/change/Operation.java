package dev.concertina.change;

import java.util.Set;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;

/**
 * One intention, such as renaming a column.
 *
 * <p>
 * Implementations are records: their components are the keys of the YAML form, and their
 * canonical form is what the fingerprint of a change is taken from. Users may add their
 * own and use them in a {@code @Bean Change}.
 */
@FunctionalInterface
public interface Operation {

	/**
	 * Add the steps of this operation to a plan.
	 * @param before the structure that it finds
	 * @param plan the plan to add to
	 * @return the structure that it leaves when the change is contracted
	 * @throws InvalidDefinitionException if the operation can't be applied to the
	 * structure
	 */
	Schema compile(Schema before, PlanBuilder plan);

	/**
	 * Return the backfill tasks that the application must have before the operation is
	 * run.
	 * @return the names of the tasks, none unless rows are computed in Java
	 */
	default Set<String> requiredTasks() {
		return Set.of();
	}

}
