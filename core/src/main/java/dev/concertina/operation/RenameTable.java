package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SchemaObjects;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Gives a table another name; both names can be read and written until the contract, the
 * new one through a view.
 *
 * @param table the table
 * @param to the name it shall have, in the same schema
 */
public record RenameTable(TableName table, TableName to) implements Operation {

	private static final int SECURITY_INVOKER = 15;

	/**
	 * Return the operation.
	 * @param table the table
	 * @param to the name it shall have
	 * @return the operation
	 */
	public static RenameTable of(String table, String to) {
		return new RenameTable(TableName.of(table), TableName.of(to));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		TableName old = found.name();
		Requirements.ownStructure(found);
		Requirements.untouched(plan, found);
		TableName renamed = Requirements.newName(before, this.to.besides(old));
		requireSameSchema(old, renamed);
		List<String> view = view(before.catalog().objects(), found, renamed);
		plan.expand(Ddl.of("let %s be called %s too".formatted(old, renamed.name()), List.of(), view,
				List.of(drop(renamed))));
		List<String> back = new ArrayList<>(
				List.of("ALTER TABLE IF EXISTS %s RENAME TO %s".formatted(renamed.quoted(), name(old))));
		back.addAll(view);
		plan.contract(Ddl.of("rename table %s to %s".formatted(old, renamed.name()),
				Stream.of(renamed, old).map(TableLock::exclusive).toList(),
				List.of(drop(renamed), "ALTER TABLE %s RENAME TO %s".formatted(old.quoted(), name(renamed))), back));
		plan.note(
				"Until the contract %s is a view: no TRUNCATE, COPY or foreign key can name it, no ON CONFLICT ON CONSTRAINT, no ctid or other system column, and MERGE only in PostgreSQL 17 and newer."
					.formatted(renamed))
			.note("Functions that name %s in their text are not found out; indexes, constraints and sequences keep their names."
				.formatted(old));
		return before.without(old);
	}

	private static void requireSameSchema(TableName old, TableName renamed) {
		if (!String.valueOf(old.schema()).equals(renamed.schema())) {
			throw new InvalidDefinitionException("%s is in another schema than %s".formatted(renamed, old),
					"Choose a name in schema %s.".formatted(old.schema()));
		}
	}

	/**
	 * With the rights of who uses it. Until PostgreSQL 14 a view has those of its owner,
	 * who has the same privileges as before, but may see rows that are hidden.
	 */
	private static List<String> view(SchemaObjects objects, Table found, TableName renamed) {
		boolean invoker = objects.majorVersion() >= SECURITY_INVOKER;
		if (!invoker && objects.hasRowSecurity(found.name())) {
			throw new InvalidDefinitionException(
					"Table %s has row-level security, which a view evades before PostgreSQL 15".formatted(found.name()),
					"Upgrade the server first, or rename the table while the application is down.");
		}
		String columns = found.columns()
			.stream()
			.map((column) -> column.name().quoted())
			.collect(Collectors.joining(", "));
		List<String> statements = new ArrayList<>(List.of("CREATE VIEW %s%s AS SELECT %s FROM %s".formatted(
				renamed.quoted(), invoker ? " WITH (security_invoker = true)" : "", columns, found.name().quoted())));
		statements.addAll(objects.rights(found.name(), renamed));
		return statements;
	}

	private static String drop(TableName view) {
		return "DROP VIEW IF EXISTS " + view.quoted();
	}

	private static String name(TableName qualified) {
		return new TableName(null, qualified.name()).quoted();
	}

}
