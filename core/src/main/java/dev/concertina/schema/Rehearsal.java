package dev.concertina.schema;

import java.util.List;
import java.util.Optional;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * A place to try out statements that lock nothing, before the first one is run: the
 * server itself says what it makes of them. Nothing of it is ever committed.
 */
public interface Rehearsal {

	/**
	 * Try statements out.
	 * @param statements the statements
	 * @return the objection of PostgreSQL, or nothing if all of them run
	 */
	Optional<String> objection(String... statements);

	/**
	 * Return the columns of a query.
	 * @param query the query
	 * @return its columns in their order
	 * @throws InvalidDefinitionException with the objection of PostgreSQL
	 */
	List<Column> columns(String query);

	/**
	 * Return the function that a statement makes or replaces.
	 * @param definition one {@code CREATE FUNCTION} or {@code CREATE PROCEDURE} statement
	 * @return its signature with quoted names, as {@code DROP ROUTINE} takes it
	 * @throws InvalidDefinitionException with the objection of PostgreSQL, or if the
	 * statement makes anything but one function
	 */
	String routine(String definition);

	/**
	 * Try out a trigger, on an empty twin of its table.
	 * @param table the table
	 * @param trigger the trigger
	 * @param event when it fires, such as {@code BEFORE UPDATE OF mail}
	 * @param action what it does, such as
	 * {@code FOR EACH ROW EXECUTE FUNCTION lower_mail()}
	 * @return the objection of PostgreSQL, or nothing if it can be made
	 */
	Optional<String> objection(Table table, Identifier trigger, String event, String action);

}
