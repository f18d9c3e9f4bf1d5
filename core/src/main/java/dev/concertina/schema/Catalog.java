package dev.concertina.schema;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * What a database says about its own structure.
 */
public interface Catalog {

	/**
	 * Return a table.
	 * @param name its name, searched in the search path if it has no schema
	 * @return the table with its qualified name, or nothing
	 */
	Optional<Table> table(TableName name);

	/**
	 * Return whether a name is taken, by a table, an index, a sequence or a view.
	 * @param name the name
	 * @return {@code true} if no index or table can be called so
	 */
	boolean isTaken(TableName name);

	/**
	 * Return the names that are nearest to a wrong one.
	 * @param name the name that was not found
	 * @return at most three names of tables
	 */
	List<TableName> similar(TableName name);

	/**
	 * Return where names without a schema are searched.
	 * @return the search path as SQL takes it
	 */
	String searchPath();

	/**
	 * Return where the functions of triggers are.
	 * @return the schema, in which nothing is the application's
	 */
	StateSchemaName stateSchema();

	/**
	 * Return whether there is a type.
	 * @param type the type as it was written
	 * @return {@code true} if a column may have it
	 */
	boolean exists(SqlType type);

	/**
	 * Return whether a type is a domain that forbids some values.
	 * @param type the type
	 * @return {@code true} if PostgreSQL checks each row, and writes it anew, when a
	 * column of this type is added
	 */
	boolean isConstrained(SqlType type);

	/**
	 * Return whether any function of a name is volatile.
	 * @param functions names of functions
	 * @return {@code true} if two calls may give two values
	 */
	boolean isVolatile(Collection<String> functions);

	/**
	 * Compile an expression without running it.
	 * @param expression the expression
	 * @param table the table whose columns it may use; it need not exist yet
	 * @param type the type that its value must have or convert to
	 * @return the objection of PostgreSQL, or nothing if the expression compiles
	 */
	Optional<String> objection(SqlExpression expression, Table table, SqlType type);

	/**
	 * Return what a table has because of a column, and another column can have in its
	 * place.
	 * @param table the table
	 * @param column the column
	 * @param other the other column, which need not exist yet
	 * @param others what columns of other tables are called then
	 * @return indexes, constraints and statistics, defined for the other column
	 * @throws InvalidDefinitionException if the other column can't have one of them
	 */
	List<Attachment> attachments(TableName table, ColumnName column, Column other, Renaming others);

	/**
	 * Return whether a column can be given another type without that its table or one of
	 * its indexes is written anew.
	 * @param table the table
	 * @param column the column
	 * @param type the type
	 * @return {@code true} if that takes no longer for a large table than for an empty
	 * one
	 */
	boolean isInstant(TableName table, ColumnName column, SqlType type);

	/**
	 * Return what says about another column what is said about a column beside its type.
	 * @param table the table
	 * @param column the column
	 * @param to the table of the other column
	 * @param other the other column
	 * @return statements that set statistics target, storage, compression, options,
	 * comment and privileges
	 */
	List<String> settings(TableName table, ColumnName column, TableName to, Column other);

	/**
	 * Return the collation that a column has and not by its type.
	 * @param table the table
	 * @param column the column
	 * @param type the type that shall have it
	 * @return the clause {@code  COLLATE …}, empty if there is none or the type can't
	 * have it
	 */
	String collation(TableName table, ColumnName column, SqlType type);

	/**
	 * Return the sequence that fills a column.
	 * @param table the table
	 * @param column the column
	 * @return the sequence that the column owns, or nothing
	 */
	Optional<OwnedSequence> sequence(TableName table, ColumnName column);

	/**
	 * Return what refers to a column by foreign keys.
	 * @param table the table
	 * @param column the column
	 * @return the columns that hold its values
	 */
	List<ColumnPlace> references(TableName table, ColumnName column);

	/**
	 * Return what the database says about indexes and constraints.
	 * @return the indexes and constraints
	 */
	Constraints constraints();

	/**
	 * Return the labels of an ENUM type.
	 * @param type the type
	 * @return the labels in their order, nothing if it is no such type
	 */
	List<String> labels(SqlType type);

	/**
	 * Compute a default as a value of a row would be converted.
	 * @param value the default of a column
	 * @param column the column
	 * @param from its type
	 * @param expression an expression over the column
	 * @param to the type of the result
	 * @return the result as a constant
	 */
	SqlExpression computed(SqlExpression value, ColumnName column, SqlType from, SqlExpression expression, SqlType to);

	/**
	 * Return the parts of a partitioned table.
	 * @param table the table
	 * @return all partitions of all levels, a partition before its own partitions
	 */
	List<Partition> partitions(TableName table);

	/**
	 * Return what would be lost or would stop working if a column were dropped.
	 * @param table the table
	 * @param column the column
	 * @return a description of each dependent object: index, constraint, view, trigger, …
	 */
	List<String> dependants(TableName table, ColumnName column);

	/**
	 * Return the triggers of a table that would fire after one of ours.
	 * @param table the table
	 * @param trigger the name of our trigger
	 * @return the names of row triggers that sort behind it
	 */
	List<String> triggersBehind(TableName table, Identifier trigger);

	/**
	 * Return what another table needs that takes the place of a table.
	 * @param table the table
	 * @return what it has beside its columns and constraints
	 */
	Belongings belongings(TableName table);

	/**
	 * Return what it says about tables as a whole, and about what is no table.
	 * @return the objects
	 */
	SchemaObjects objects();

	/**
	 * Return a place to try statements out.
	 * @param before the statements that make what the others need; they must lock nothing
	 * @return the place
	 */
	Rehearsal rehearsal(List<String> before);

	/**
	 * Return who notices when rows of a table are written.
	 * @param table the table, which need not exist yet
	 * @return its triggers, publications and row-level security
	 */
	Bystanders bystanders(TableName table);

}
