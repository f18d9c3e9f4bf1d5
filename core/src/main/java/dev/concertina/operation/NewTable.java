package dev.concertina.operation;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.plan.Ddl;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Table;

/**
 * A table that an operation makes beside the old structure.
 */
final class NewTable {

	private NewTable() {
	}

	static Ddl create(Table made) {
		String columns = made.columns()
			.stream()
			.map((column) -> "%s %s%s".formatted(column.name().quoted(), column.type(),
					(column.nullable() || made.primaryKey().contains(column.name())) ? "" : " NOT NULL"))
			.collect(Collectors.joining(", "));
		String key = made.primaryKey().stream().map(ColumnName::quoted).collect(Collectors.joining(", "));
		return Ddl.of("create table %s".formatted(made.name()), List.of(),
				List.of("CREATE TABLE %s (%s, PRIMARY KEY (%s))".formatted(made.name().quoted(), columns, key)),
				List.of("DROP TABLE IF EXISTS %s".formatted(made.name().quoted())));
	}

}
