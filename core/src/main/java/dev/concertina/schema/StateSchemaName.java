package dev.concertina.schema;

import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The name of the schema that holds what is remembered about changes, and the functions
 * of their triggers.
 *
 * @param value the name, in lower case
 */
public record StateSchemaName(String value) {

	private static final Pattern PLAIN = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,62}");

	/** What is meant if nothing else is said. */
	public static final StateSchemaName DEFAULT = new StateSchemaName("concertina");

	public StateSchemaName {
		if (!PLAIN.matcher(value).matches()) {
			throw new InvalidDefinitionException("'%s' can't be the schema of the state".formatted(value),
					"Write at most 63 lower-case letters, digits and underscores, which begin neither with a digit nor with pg_, such as ops_changes.");
		}
	}

	/**
	 * Return a name.
	 * @param value the name as it is in the catalog
	 * @return the name
	 */
	public static StateSchemaName of(String value) {
		return new StateSchemaName(value);
	}

	/**
	 * Return the name as it is written in SQL: quoted, as it may be a reserved word. The
	 * default is none, and is easier to read without.
	 * @return the name
	 */
	public String sql() {
		return equals(DEFAULT) ? this.value : new Identifier(this.value).quoted();
	}

	/**
	 * Return a table of the schema as people call it.
	 * @param name the name of the table
	 * @return the qualified name
	 */
	public String table(String name) {
		return this.value + "." + name;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
