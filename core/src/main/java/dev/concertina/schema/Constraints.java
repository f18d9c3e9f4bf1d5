package dev.concertina.schema;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * What a database says about its indexes and constraints, and about those that somebody
 * would like to add.
 */
public interface Constraints {

	/**
	 * Return an index.
	 * @param name its name, searched in the search path if it has no schema
	 * @return the index with its qualified name, or nothing
	 */
	Optional<Index> index(TableName name);

	/**
	 * Return an index with all its parts.
	 * @param index its name
	 * @return the index itself and, if its table is partitioned, those of the partitions
	 */
	List<Index> parts(TableName index);

	/**
	 * Return the constraints of a table.
	 * @param table the table
	 * @return all of them by name
	 */
	List<Constraint> of(TableName table);

	/**
	 * Return whether a foreign key may refer to columns: a unique index of just these,
	 * which is checked at once, keeps their values apart.
	 * @param table the table
	 * @param columns the columns in any order
	 * @return {@code true} if there is such an index
	 */
	boolean isKey(TableName table, List<ColumnName> columns);

	/**
	 * Return whether a table can have an index of its own.
	 * @param table the table
	 * @return {@code false} for views, foreign tables and partitions that have partitions
	 */
	boolean isIndexable(TableName table);

	/**
	 * Try statements out on empty tables of the same columns.
	 * @param tables the tables; they need not exist yet
	 * @param statements what the statements are, given the quoted names of the empty
	 * tables
	 * @return the objection of PostgreSQL, or nothing if it accepts them
	 */
	Optional<String> objection(List<Table> tables, Function<List<String>, List<String>> statements);

	/**
	 * Try an index out on an empty table of the same columns.
	 * @param table the table; it need not exist yet
	 * @param unique whether the index forbids a value twice
	 * @param definition what follows the name of the table
	 * @return the name that PostgreSQL gives to such an index
	 * @throws InvalidDefinitionException if PostgreSQL objects
	 */
	Identifier nameOfIndex(Table table, boolean unique, String definition);

}
