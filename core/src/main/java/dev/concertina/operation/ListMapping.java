package dev.concertina.operation;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.TableName;

/**
 * How the elements of a list in one column and the rows of a table are the same: SQL for
 * both directions, and a normal form in which both sides can be compared.
 */
interface ListMapping {

	/**
	 * Return the column with the list.
	 */
	Column document();

	/**
	 * Return the same with another name of the column.
	 */
	ListMapping withDocument(ColumnName name);

	/**
	 * Return the table of the elements.
	 */
	TableName child();

	/**
	 * Return its column with the key of the parent.
	 */
	ColumnName parentKey();

	/**
	 * Return its column with the place in the list.
	 */
	ColumnName ordinal();

	/**
	 * Return its other columns.
	 */
	Stream<ColumnName> contentNames();

	/**
	 * Return the type in which a function holds a list.
	 */
	String type();

	/**
	 * Return a list without elements.
	 */
	String none();

	/**
	 * Return the table expression {@code e (value, n)} of the elements of a list.
	 */
	String elements(String document);

	/**
	 * Return the values of a child row, out of {@code e}.
	 */
	String values(String parent);

	/**
	 * Return the normal form of a list, {@code jsonb}: NULL if it has no elements.
	 */
	String normalDocument(String document);

	/**
	 * Return the normal form of the rows of a parent: NULL if there are none.
	 */
	String normalRows(String parent);

	/**
	 * Return the list that the rows of a parent make.
	 */
	String document(String parent);

	/**
	 * Return how rows may make another list than they are, which must not happen.
	 * @param key the key of the parent
	 * @return nothing if they can't
	 */
	Optional<Loss> loss(Column key);

	/**
	 * Return the columns of a child row.
	 */
	default String columns() {
		return Stream.concat(Stream.of(parentKey(), ordinal()), contentNames())
			.map(ColumnName::quoted)
			.collect(Collectors.joining(", "));
	}

	/**
	 * Return the assignments of an upsert, and the condition that something differs.
	 */
	default String upsert() {
		String set = contentNames().map((column) -> "%1$s = EXCLUDED.%1$s".formatted(column.quoted()))
			.collect(Collectors.joining(", "));
		String differs = contentNames()
			.map((column) -> "c.%1$s::text IS DISTINCT FROM EXCLUDED.%1$s::text".formatted(column.quoted()))
			.collect(Collectors.joining(" OR "));
		return "ON CONFLICT (%s, %s) DO UPDATE SET %s WHERE %s".formatted(parentKey().quoted(), ordinal().quoted(), set,
				differs);
	}

	/**
	 * What would be lost if rows became a list.
	 *
	 * @param source what it is looked for in, beside a parent {@code p}
	 * @param value what would be lost
	 * @param condition whether it would be
	 * @param message the message, with a place for the table and one for the value
	 * @param hint what to do about it
	 */
	record Loss(String source, String value, String condition, String message, String hint) {

	}

}
