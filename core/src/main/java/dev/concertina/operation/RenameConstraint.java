package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Gives a constraint another name, and its index with it.
 *
 * @param table the table
 * @param name the name it has
 * @param to the name it shall have
 */
public record RenameConstraint(TableName table, Identifier name, Identifier to) implements Operation {

	private static final String RENAME = "ALTER TABLE IF EXISTS %s RENAME CONSTRAINT %s TO %s";

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name the constraint has
	 * @param to the name it shall have
	 * @return the operation
	 */
	public static RenameConstraint of(String table, String name, String to) {
		return new RenameConstraint(TableName.of(table), Identifier.of(name), Identifier.of(to));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Constraint constraint = Existing.constraint(before, plan, found, this.name);
		Existing.requireFree(before, plan, found, this.to);
		if (constraint.kind().isIndexed()) {
			Existing.requireFreeIndex(before, plan, new TableName(found.name().schema(), this.to.value()));
		}
		String table = found.name().quoted();
		plan.note(
				"From the start of the new version on, %s of %s is called %s: an application that names it in ON CONFLICT, or tells errors apart by it, must know both names."
					.formatted(this.name, found.name(), this.to))
			.expand(Ddl.of("rename constraint %s of %s to %s".formatted(this.name, found.name(), this.to),
					Partitions.exclusive(before, found.name()),
					List.of(RENAME.formatted(table, this.name.quoted(), this.to.quoted())),
					List.of(RENAME.formatted(table, this.to.quoted(), this.name.quoted()))));
		return before;
	}

}
