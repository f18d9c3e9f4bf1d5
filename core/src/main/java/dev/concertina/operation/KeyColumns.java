package dev.concertina.operation;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;

/**
 * The columns of a key, and what is said about each key alike.
 */
final class KeyColumns {

	private KeyColumns() {
	}

	/**
	 * Return columns that a key may have: at least one, and none twice.
	 */
	static List<ColumnName> of(String what, List<ColumnName> columns) {
		if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
			throw new InvalidDefinitionException("The columns of %s are %s".formatted(what, columns),
					"List at least one column under 'columns', and none twice.");
		}
		return List.copyOf(columns);
	}

	/**
	 * Refuse columns that the table does not have.
	 */
	static void in(Table table, List<ColumnName> columns) {
		columns.forEach(table::column);
	}

	/**
	 * Return the name that PostgreSQL would give.
	 */
	static Identifier nameOf(Table table, List<ColumnName> columns, String end) {
		return Identifier
			.derived(Stream.of(Stream.of(table.name().name()), columns.stream().map(ColumnName::value), Stream.of(end))
				.flatMap((part) -> part)
				.toArray(String[]::new));
	}

	static String deferral(boolean deferrable, boolean initiallyDeferred) {
		if (initiallyDeferred) {
			return " DEFERRABLE INITIALLY DEFERRED";
		}
		return deferrable ? " DEFERRABLE" : "";
	}

}
