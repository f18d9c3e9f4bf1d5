package dev.concertina.operation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Rehearsal;
import dev.concertina.schema.Routine;
import dev.concertina.schema.RoutineDefinition;
import dev.concertina.schema.Schema;

/**
 * Makes a function or a procedure, or replaces it, at the expand.
 *
 * @param definition the whole {@code CREATE FUNCTION} or {@code CREATE PROCEDURE}
 * statement
 */
public record CreateFunction(String definition) implements Operation {

	private static final Pattern END = Pattern.compile("\\s*;\\s*\\z");

	public CreateFunction {
		StatementPart.require("definition", END.matcher(definition).replaceFirst(""), RoutineDefinition::new);
	}

	/**
	 * Return the operation.
	 * @param definition the whole statement
	 * @return the operation
	 */
	public static CreateFunction of(String definition) {
		return new CreateFunction(definition);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Rehearsal rehearsal = before.catalog().rehearsal(Requirements.madeBefore(plan));
		String signature = rehearsal.routine(this.definition);
		Optional<Routine> replaced = before.catalog().objects().routine(signature);
		List<String> undo = replaced.map(Routine::create)
			.map((create) -> List.of(create.get(0)))
			.orElse(List.of("DROP ROUTINE IF EXISTS " + signature));
		rehearsal.objection(Stream.concat(Stream.of(this.definition), undo.stream()).toArray(String[]::new))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"The function that %s replaces could not be brought back: %s".formatted(signature, objection),
						"Give the new one another name.");
			});
		replaced.ifPresent(
				(routine) -> plan.note("The old version calls the new %s from the expand on.".formatted(signature)));
		plan.expand(Ddl.of("create function %s".formatted(signature), List.of(), List.of(this.definition), undo));
		return before;
	}

}
