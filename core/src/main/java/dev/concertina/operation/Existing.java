package dev.concertina.operation;

import java.util.List;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Constraint;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Index;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Indexes and constraints that an operation is about.
 */
final class Existing {

	private Existing() {
	}

	/**
	 * Return an index that must be there, reserved for the operation that is compiled.
	 */
	static Index index(Schema schema, PlanBuilder plan, TableName name) {
		Index index = schema.catalog()
			.constraints()
			.index(name)
			.orElseThrow(() -> new InvalidDefinitionException("There is no index %s".formatted(name),
					"Write the name of an index of this database, with its schema."));
		Requirements.alone(plan, "index %s".formatted(index.name()));
		Requirements.shared(schema, plan, schema.table(index.table()), index.columns());
		return index;
	}

	/**
	 * Return an index that is no part of a constraint or of another index.
	 */
	static Index indexByItself(Schema schema, PlanBuilder plan, TableName name, String otherwise) {
		Index index = index(schema, plan, name);
		if (index.constraint() != null) {
			throw new InvalidDefinitionException("Index %s is that of constraint %s of %s".formatted(index.name(),
					index.constraint(), index.table()), otherwise);
		}
		if (index.parent() != null) {
			throw new InvalidDefinitionException(
					"Index %s is a part of index %s".formatted(index.name(), index.parent()),
					"Apply the operation to %s.".formatted(index.parent()));
		}
		return index;
	}

	/**
	 * Return an index that nothing needs.
	 */
	static Index droppableIndex(Schema schema, PlanBuilder plan, TableName name) {
		Index index = indexByItself(schema, plan, name, "Drop the constraint instead, by dropConstraint.");
		requireNoDependants("Index %s".formatted(index.name()), index.dependants());
		return index;
	}

	/**
	 * Return a constraint that must be there, reserved for the operation that is
	 * compiled.
	 */
	static Constraint constraint(Schema schema, PlanBuilder plan, Table table, Identifier name) {
		List<Constraint> all = schema.catalog().constraints().of(table.name());
		Constraint constraint = all.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> new InvalidDefinitionException("Table %s has no constraint %s".formatted(table.name(), name),
							all.isEmpty() ? "Remove the operation: the table has none."
									: "Use one of %s.".formatted(all.stream().map(Constraint::name).toList())));
		Requirements.alone(plan, "constraint %s of %s".formatted(name, table.name()));
		Requirements.shared(schema, plan, table, constraint.columns());
		if (constraint.references() != null) {
			Requirements.shared(schema, plan, schema.table(constraint.references()), constraint.referencedColumns());
		}
		if (constraint.inherited()) {
			throw new InvalidDefinitionException(
					"%s has constraint %s from the table that it is a part of".formatted(table.name(), name),
					"Apply the operation to that table.");
		}
		return constraint;
	}

	/**
	 * Refuse the name of a constraint that the table has, or that another operation
	 * gives.
	 */
	static void requireFree(Schema schema, PlanBuilder plan, Table table, Identifier name) {
		Requirements.alone(plan, "constraint %s of %s".formatted(name, table.name()));
		if (schema.catalog()
			.constraints()
			.of(table.name())
			.stream()
			.anyMatch((constraint) -> constraint.name().equals(name))) {
			throw new InvalidDefinitionException("Table %s has a constraint %s already".formatted(table.name(), name),
					"Choose a name that the table does not have.");
		}
	}

	/**
	 * Refuse the name of an index that is taken, or that another operation gives.
	 */
	static void requireFreeIndex(Schema schema, PlanBuilder plan, TableName name) {
		Requirements.alone(plan, "index %s".formatted(name));
		if (schema.catalog().isTaken(name)) {
			throw new InvalidDefinitionException("The name %s is taken".formatted(name),
					"Choose a name that no index, table, view or sequence of the schema has.");
		}
	}

	static void requireNoDependants(String what, List<String> dependants) {
		if (!dependants.isEmpty()) {
			throw new InvalidDefinitionException(
					"%s can't be dropped, because of: %s".formatted(what, String.join("; ", dependants)),
					"Drop or move these first, by a change of its own.");
		}
	}

}
