package dev.concertina.operation;

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
 * Makes a trigger, at the expand; it fires at the writes of both versions.
 *
 * @param table the table
 * @param name the name of the trigger
 * @param event when it fires: what is between its name and {@code ON}, such as
 * {@code BEFORE INSERT OR UPDATE}
 * @param action what it does: what follows the table, such as
 * {@code FOR EACH ROW WHEN (NEW.mail IS NOT NULL) EXECUTE FUNCTION lower_mail()}
 */
public record CreateTrigger(TableName table, Identifier name, String event, String action) implements Operation {

	public CreateTrigger {
		StatementPart.require("event", event);
		StatementPart.require("action", action);
	}

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name of the trigger
	 * @param event when it fires
	 * @param action what it does
	 * @return the operation
	 */
	public static CreateTrigger of(String table, String name, String event, String action) {
		return new CreateTrigger(TableName.of(table), new Identifier(name), event, action);
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Requirements.ownStructure(found);
		requireFree(before, found);
		requireEarly(found);
		before.catalog()
			.rehearsal(Requirements.madeBefore(plan))
			.objection(found, this.name, this.event, this.action)
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException(
						"Trigger %s of %s can't be made: %s".formatted(this.name, found.name(), objection),
						"Correct 'event' and 'action'.");
			});
		String on = found.name().quoted();
		plan.expand(Ddl.of("create trigger %s of %s".formatted(this.name, found.name()),
				TableLock.againstWrites(found.name()),
				"CREATE TRIGGER %s %s\nON %s %s".formatted(this.name.quoted(), this.event, on, this.action),
				"DROP TRIGGER IF EXISTS %s ON %s".formatted(this.name.quoted(), on)));
		return before;
	}

	private void requireFree(Schema before, Table found) {
		if (!before.catalog().objects().trigger(found.name(), this.name).isEmpty()) {
			throw new InvalidDefinitionException("Table %s has a trigger %s already".formatted(found.name(), this.name),
					"Choose a name that no trigger of the table has.");
		}
	}

	/** Behind the triggers of a change it could change what they have carried. */
	private void requireEarly(Table found) {
		if (this.name.value().compareTo(Names.beforeAllTriggers().value()) >= 0) {
			throw new InvalidDefinitionException("Trigger %s of %s would fire after those that keep columns in step"
				.formatted(this.name, found.name()),
					"Choose a name that sorts before %s.".formatted(Names.beforeAllTriggers()));
		}
	}

}
