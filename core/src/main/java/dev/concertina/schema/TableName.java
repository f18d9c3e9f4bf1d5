package dev.concertina.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The exact name of a table, with its schema or without.
 *
 * @param schema the schema, or {@code null} for the first one of the search path that has
 * the table
 * @param name the name as it is in the catalog
 */
public record TableName(@Nullable String schema, String name) {

	private static final Pattern WRITTEN = Pattern
		.compile("(?:(\"(?:[^\"]|\"\")+\"|[^.\"]+)\\.)?(\"(?:[^\"]|\"\")+\"|[^.\"]+)");

	public TableName {
		new Identifier(name);
		if (schema != null) {
			new Identifier(schema);
		}
	}

	/**
	 * Return a name as it is written in a definition: {@code orders},
	 * {@code sales.orders}, or with quotes around a part that holds a dot.
	 * @param written the name; never folded to lower case
	 * @return the name
	 * @throws InvalidDefinitionException if it has more than two parts or a stray quote
	 */
	public static TableName of(String written) {
		Matcher matcher = WRITTEN.matcher(written.strip());
		if (!matcher.matches()) {
			throw new InvalidDefinitionException("'%s' is no table name".formatted(written),
					"Write table or schema.table, with \"double quotes\" around a part that holds a dot.");
		}
		String schema = matcher.group(1);
		return new TableName((schema != null) ? unquoted(schema) : null, unquoted(matcher.group(2)));
	}

	private static String unquoted(String part) {
		return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
	}

	/**
	 * Return the name in a schema, unless it has one.
	 * @param other a table whose schema it shall be
	 * @return the qualified name
	 */
	public TableName besides(TableName other) {
		return (this.schema != null) ? this : new TableName(other.schema, this.name);
	}

	/**
	 * Return the name as it is written in SQL.
	 * @return the quoted name, with the schema where it is known
	 */
	public String quoted() {
		return (this.schema != null) ? Identifier.quoted(this.schema, this.name) : Identifier.quoted(this.name);
	}

	/**
	 * Return the name as an SQL literal that can be cast to {@code regclass}.
	 * @return the literal
	 */
	public String literal() {
		return Identifier.literal(quoted());
	}

	@Override
	public String toString() {
		return (this.schema != null) ? this.schema + "." + this.name : this.name;
	}

}
