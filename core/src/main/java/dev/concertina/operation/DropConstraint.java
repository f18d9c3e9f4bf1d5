package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Constraint.Kind;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Drops a constraint. A check or a foreign key goes at once, as the new version needs it
 * gone; a key or an exclusion goes at the contract, as the old version may rely on it and
 * nothing brings its index back.
 *
 * @param table the table
 * @param name the name of the constraint
 */
public record DropConstraint(TableName table, Identifier name) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @param name the name of the constraint
	 * @return the operation
	 */
	public static DropConstraint of(String table, String name) {
		return new DropConstraint(TableName.of(table), Identifier.of(name));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		Constraint constraint = Existing.constraint(before, plan, found, this.name);
		Existing.requireNoDependants("The %s %s of %s".formatted(constraint.kind().describe(), this.name, found.name()),
				constraint.dependants());
		String description = "drop %s %s of %s".formatted(constraint.kind().describe(), this.name, found.name());
		List<TableLock> locks = locks(before, found, constraint);
		String drop = "ALTER TABLE %s DROP CONSTRAINT %s".formatted(found.name().quoted(), this.name.quoted());
		switch (constraint.kind()) {
			case CHECK, FOREIGN_KEY -> {
				plan.note("A rollback adds %s to %s again, for which PostgreSQL reads every row while nobody else can."
					.formatted(this.name, found.name()));
				plan.expand(Ddl.of(description, locks, List.of(drop), addAgain(found, constraint)));
			}
			case UNIQUE, PRIMARY_KEY, EXCLUSION -> plan.contract(Ddl.destructive(description, locks, List.of(drop)));
			case NOT_NULL,
					TRIGGER ->
				throw new InvalidDefinitionException(
						"%s of %s is a %s".formatted(this.name, found.name(), constraint.kind().describe()),
						"Let the column take NULL, or drop the trigger, instead.");
		}
		return (constraint.kind() == Kind.PRIMARY_KEY)
				? before.with(new Table(found.name(), found.kind(), found.columns(), List.of())) : before;
	}

	/** A parent before its children, as an application locks them. */
	private static List<TableLock> locks(Schema schema, Table table, Constraint constraint) {
		return Stream.concat(Stream.ofNullable(constraint.references()), Stream.of(table.name()))
			.flatMap((name) -> Partitions.and(schema, name))
			.distinct()
			.map(TableLock::exclusive)
			.toList();
	}

	private List<String> addAgain(Table table, Constraint constraint) {
		String name = table.name().quoted();
		List<String> statements = new ArrayList<>(List
			.of("ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(name, this.name.quoted(), constraint.definition())));
		if (constraint.comment() != null) {
			statements.add("COMMENT ON CONSTRAINT %s ON %s IS %s".formatted(this.name.quoted(), name,
					Identifier.literal(constraint.comment())));
		}
		return statements;
	}

}
