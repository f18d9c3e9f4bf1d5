package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Drops a trigger, at the contract: the old version may rely on what it does.
 *
 * @param table the table
 * @param name the name of the trigger
 */
public record DropTrigger(TableName table, Identifier name) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name of the trigger
	 * @return the operation
	 */
	public static DropTrigger of(String table, String name) {
		return new DropTrigger(TableName.of(table), new Identifier(name));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		List<String> create = before.catalog().objects().trigger(found.name(), this.name);
		Requirements.ownStructure(found);
		if (create.isEmpty()) {
			throw new InvalidDefinitionException("Table %s has no trigger %s".formatted(found.name(), this.name),
					"Write the name of a trigger that the table has itself.");
		}
		plan.contract(Ddl.of("drop trigger %s of %s".formatted(this.name, found.name()),
				List.of(TableLock.exclusive(found.name())),
				List.of("DROP TRIGGER %s ON %s".formatted(this.name.quoted(), found.name().quoted())), create));
		return before;
	}

}
