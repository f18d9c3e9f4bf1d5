package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Routine;
import dev.concertina.schema.Schema;

/**
 * Drops a function or a procedure, at the contract.
 *
 * @param signature its name and the types of its arguments, such as
 * {@code total(bigint, text)}
 */
public record DropFunction(String signature) implements Operation {

	/**
	 * Return the operation.
	 * @param signature the name of the function and the types of its arguments
	 * @return the operation
	 */
	public static DropFunction of(String signature) {
		return new DropFunction(signature);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Routine routine = before.catalog()
			.objects()
			.routine(this.signature)
			.orElseThrow(() -> new InvalidDefinitionException("There is no function %s".formatted(this.signature),
					"Write its name as in SQL, and the types of its arguments: total(bigint, text)."));
		Requirements.unneeded("Function %s".formatted(routine.signature()), routine.dependants());
		plan.contract(Ddl.of("drop function %s".formatted(routine.signature()), List.of(),
				List.of("DROP ROUTINE " + routine.signature()), routine.create()));
		return before;
	}

}
