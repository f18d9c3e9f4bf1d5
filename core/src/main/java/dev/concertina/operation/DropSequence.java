package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * Drops a sequence, at the contract: where it has come to is lost.
 *
 * @param name the name of the sequence
 */
public record DropSequence(TableName name) implements Operation {

	/**
	 * Return the operation.
	 * @param name the name of the sequence
	 * @return the operation
	 */
	public static DropSequence of(String name) {
		return new DropSequence(TableName.of(name));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		TableName sequence = before.catalog()
			.objects()
			.sequence(this.name)
			.orElseThrow(() -> new InvalidDefinitionException("There is no sequence %s".formatted(this.name),
					"Write the name of a sequence of this database, with its schema."));
		Requirements.unneeded("Sequence %s".formatted(sequence), before.catalog().objects().dependants(sequence));
		plan.contract(Ddl.destructive("drop sequence %s".formatted(sequence), List.of(),
				List.of("DROP SEQUENCE " + sequence.quoted())));
		return before;
	}

}
