package dev.concertina.schema;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a database says about tables as a whole, and about what is no table.
 */
public interface SchemaObjects {

	/**
	 * Return the schema where a new object is made.
	 * @param name the schema that was asked for, {@code null} for the first one of the
	 * search path
	 * @return the schema, or nothing if there is none
	 */
	Optional<String> schema(@Nullable String name);

	/**
	 * Return the major version of the server.
	 * @return such as 17
	 */
	int majorVersion();

	/**
	 * Return how large a table is.
	 * @param table the table
	 * @return the bytes of all its rows and indexes, and of its partitions, 0 if it is
	 * not made yet
	 */
	long bytes(TableName table);

	/**
	 * Return the comment on a table or a column.
	 * @param table the table
	 * @param column the column, or {@code null}
	 * @return the comment, or nothing
	 */
	Optional<String> comment(TableName table, @Nullable ColumnName column);

	/**
	 * Return the constraint that forbids NULL in a column.
	 * @param table the table
	 * @param column the column
	 * @return its name, or nothing: only PostgreSQL 18 and newer name it
	 */
	Optional<Identifier> notNull(TableName table, ColumnName column);

	/**
	 * Return whether rows of a table are hidden from some roles.
	 * @param table the table
	 * @return {@code true} if it has row-level security
	 */
	boolean hasRowSecurity(TableName table);

	/**
	 * Return what could not be without a table, a view or a sequence.
	 * @param relation the table, view or sequence
	 * @return a description of each dependent object that is no part of it
	 */
	List<String> dependants(TableName relation);

	/**
	 * Return the other tables that foreign keys of a table refer to.
	 * @param table the table
	 * @return the tables, which PostgreSQL locks when the keys are dropped
	 */
	List<TableName> referred(TableName table);

	/**
	 * Return what gives one table or view the privileges and the owner of another one.
	 * @param from the one that has them
	 * @param to the one that gets them
	 * @return the statements
	 */
	List<String> rights(TableName from, TableName to);

	/**
	 * Return what gives a new table, which takes columns of another one over, the
	 * privileges and the owner of that: whoever may do something with the other table, or
	 * with one of these columns, may do it with all of the new one. Who may update such a
	 * column may also insert and delete rows, as that is what becomes of it.
	 * @param from the table that has the columns
	 * @param columns the columns
	 * @param to the new table
	 * @return the statements
	 */
	List<String> rights(TableName from, List<ColumnName> columns, TableName to);

	/**
	 * Return what gives a new table that rows of another one refer to its owner, and lets
	 * everybody read it who may read the other one.
	 * @param from the table whose rows refer to it
	 * @param columns the columns that it is made of
	 * @param to the new table
	 * @return the statements
	 */
	List<String> readRights(TableName from, List<ColumnName> columns, TableName to);

	/**
	 * Return what gives a new column the privileges that are granted on all of other
	 * columns of its table, and not by those on the table.
	 * @param table the table
	 * @param columns the columns that it is made of
	 * @param to the new column
	 * @return the statements
	 */
	List<String> rights(TableName table, List<ColumnName> columns, ColumnName to);

	/**
	 * Return a view.
	 * @param name its name, searched in the search path if it has no schema
	 * @return the view, or nothing
	 */
	Optional<View> view(TableName name);

	/**
	 * Return a sequence.
	 * @param name its name, searched in the search path if it has no schema
	 * @return its qualified name, or nothing
	 */
	Optional<TableName> sequence(TableName name);

	/**
	 * Return the statements that make a trigger again.
	 * @param table its table
	 * @param trigger the trigger
	 * @return the statements; none if the table has no such trigger of its own
	 */
	List<String> trigger(TableName table, Identifier trigger);

	/**
	 * Return a function or a procedure.
	 * @param signature its name and the types of its arguments, as SQL takes them
	 * @return the function, or nothing
	 */
	Optional<Routine> routine(String signature);

}
