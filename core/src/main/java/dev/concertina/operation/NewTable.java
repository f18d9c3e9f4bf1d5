package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * A table that an operation makes beside the old structure.
 */
final class NewTable {

	private NewTable() {
	}

	/**
	 * Return the step that makes it, and refuse what the server would refuse.
	 * @param rights the statements that give it its privileges and its owner
	 */
	static Ddl create(Schema schema, PlanBuilder plan, Table made, List<String> rights) {
		String columns = made.columns()
			.stream()
			.map((column) -> "%s %s%s".formatted(column.name().quoted(), column.type(),
					(column.nullable() || made.primaryKey().contains(column.name())) ? "" : " NOT NULL"))
			.collect(Collectors.joining(", "));
		String key = made.primaryKey().stream().map(ColumnName::quoted).collect(Collectors.joining(", "));
		List<String> statements = new ArrayList<>(
				List.of("CREATE TABLE %s (%s, PRIMARY KEY (%s))".formatted(made.name().quoted(), columns, key)));
		statements.addAll(rights);
		schema.catalog()
			.rehearsal(Requirements.madeBefore(plan))
			.objection(statements.toArray(String[]::new))
			.ifPresent((objection) -> {
				throw new InvalidDefinitionException("Table %s can't be made: %s".formatted(made.name(), objection),
						"Let the role that migrates do this, or choose other names or types.");
			});
		return Ddl.of("create table %s".formatted(made.name()), List.of(), statements,
				List.of("DROP TABLE IF EXISTS %s".formatted(made.name().quoted())));
	}

}
