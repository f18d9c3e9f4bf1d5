package dev.concertina.operation;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Index;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * Gives an index another name; nobody waits for it.
 *
 * @param index the name it has, with its schema unless that is in the search path
 * @param to the name it shall have
 */
public record RenameIndex(TableName index, Identifier to) implements Operation {

	/**
	 * Return the operation.
	 * @param index the name the index has
	 * @param to the name it shall have
	 * @return the operation
	 */
	public static RenameIndex of(String index, String to) {
		return new RenameIndex(TableName.of(index), Identifier.of(to));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Index found = Existing.index(before, plan, this.index);
		if (found.constraint() != null) {
			throw new InvalidDefinitionException("Index %s is that of constraint %s of %s".formatted(found.name(),
					found.constraint(), found.table()), "Rename the constraint, by renameConstraint.");
		}
		TableName renamed = new TableName(found.name().schema(), this.to.value());
		Existing.requireFreeIndex(before, plan, renamed);
		if (found.kind() == Index.Kind.PARTITIONED) {
			plan.note("The indexes of the partitions of %s keep their names.".formatted(found.table()));
		}
		plan.expand(
				Ddl.of("rename index %s to %s".formatted(found.name(), this.to), TableLock.besideWrites(found.table()),
						"ALTER INDEX %s RENAME TO %s".formatted(found.name().quoted(), this.to.quoted()),
						"ALTER INDEX IF EXISTS %s RENAME TO %s".formatted(renamed.quoted(),
								Identifier.of(found.name().name()).quoted())));
		return before;
	}

}
