package dev.concertina.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * One table as the catalog has it.
 *
 * @param name the qualified name
 * @param kind what it is
 * @param columns its columns in their order
 * @param primaryKey the columns of its primary key, empty if it has none
 */
public record Table(TableName name, Kind kind, List<Column> columns, List<ColumnName> primaryKey) {

	private static final Pattern ARITHMETIC = Pattern.compile("[\\p{L}\\p{N}_\"\\s.()+*/%|-]+");

	public Table {
		columns = List.copyOf(columns);
		primaryKey = List.copyOf(primaryKey);
	}

	/**
	 * What a relation is, as far as a backfill is concerned.
	 */
	public enum Kind {

		/** A heap table: its blocks can be read by range. */
		ORDINARY,

		/** A partitioned table: its leaves are read one after the other. */
		PARTITIONED,

		/**
		 * A view, a foreign table, another access method, a partition, or a table that
		 * inherits or is inherited from.
		 */
		OTHER

	}

	/**
	 * Return a column that must exist.
	 * @param column its name
	 * @return the column
	 * @throws InvalidDefinitionException if the table has no such column
	 */
	public Column column(ColumnName column) {
		return find(column)
			.orElseThrow(() -> new InvalidDefinitionException("Table %s has no column %s".formatted(this.name, column),
					"Use one of %s.".formatted(this.columns.stream().map(Column::name).toList())));
	}

	/**
	 * Return a column if there is one.
	 * @param column its name
	 * @return the column or nothing
	 */
	public Optional<Column> find(ColumnName column) {
		return this.columns.stream().filter((candidate) -> candidate.name().equals(column)).findFirst();
	}

	/**
	 * Refuse a name that the table has already.
	 * @param column the name of a column that shall be made
	 * @throws InvalidDefinitionException if the table has such a column
	 */
	public void requireFree(ColumnName column) {
		if (find(column).isPresent()) {
			throw new InvalidDefinitionException("Table %s has a column %s already".formatted(this.name, column),
					"Choose a name that the table does not have.");
		}
	}

	/**
	 * Return the columns that an expression may depend on.
	 * @param expression the expression
	 * @return every column whose name occurs in it, and all if it names the row, which is
	 * called {@code source} unless a column is
	 */
	public List<Column> columnsIn(SqlExpression expression) {
		Set<String> names = expression.names();
		boolean wholeRow = names.contains("source") && find(ColumnName.of("source")).isEmpty();
		return this.columns.stream().filter((column) -> wholeRow || names.contains(column.name().value())).toList();
	}

	/**
	 * Return whether an expression has a value in every row, as far as it can be told
	 * from its text: it is arithmetic, or a concatenation, of columns that forbid NULL.
	 * @param expression the expression
	 * @return {@code false} if nobody knows
	 */
	public boolean isNeverNull(SqlExpression expression) {
		return ARITHMETIC.matcher(expression.sql()).matches() && expression.functions().isEmpty()
				&& expression.names().stream().allMatch(this::forbidsNull);
	}

	private boolean forbidsNull(String name) {
		return this.columns.stream().anyMatch((column) -> column.name().value().equals(name) && !column.nullable());
	}

	/**
	 * Return the table with one more column.
	 * @param column the column
	 * @return the table
	 */
	public Table with(Column column) {
		List<Column> all = new ArrayList<>(without(column.name()).columns);
		all.add(column);
		return new Table(this.name, this.kind, all, this.primaryKey);
	}

	/**
	 * Return the table without a column.
	 * @param column the name of the column
	 * @return the table
	 */
	public Table without(ColumnName column) {
		List<Column> rest = this.columns.stream().filter((candidate) -> !candidate.name().equals(column)).toList();
		return new Table(this.name, this.kind, rest, this.primaryKey);
	}

}
