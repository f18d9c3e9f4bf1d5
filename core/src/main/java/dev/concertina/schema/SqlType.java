package dev.concertina.schema;

import java.util.Map;
import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * A data type as it is written in SQL.
 *
 * @param sql the type, such as {@code numeric(12,2)} or {@code text[]}
 */
public record SqlType(String sql) {

	private static final Pattern WRITTEN = Pattern.compile(
			"(?:[\\p{L}_\"][\\p{L}\\p{N}_$\". ]*)(?:\\(\\s*-?\\d+\\s*(?:,\\s*-?\\d+\\s*)?\\))?[\\p{L} ]*(?:\\[\\d*])*");

	private static final Pattern MODIFIER = Pattern.compile("\\([^)]*\\)");

	/** Without a modifier these mean a length of 1. */
	private static final Map<String, String> UNBOUNDED = Map.of("character", "bpchar", "char", "bpchar", "bit",
			"varbit");

	public SqlType {
		if (!WRITTEN.matcher(sql).matches()) {
			throw new InvalidDefinitionException("'%s' is no type".formatted(sql),
					"Write a PostgreSQL type such as text, numeric(12,2) or timestamptz.");
		}
	}

	/**
	 * Return a type.
	 * @param sql the type as it is written in SQL
	 * @return the type
	 */
	public static SqlType of(String sql) {
		return new SqlType(sql);
	}

	/**
	 * Return the type without its modifier. To convert to it, and then to let the column
	 * take the value, refuses a text that is too long instead of cutting it.
	 * @return such as {@code numeric} for {@code numeric(12,2)}
	 */
	public SqlType withoutModifier() {
		String plain = MODIFIER.matcher(this.sql).replaceFirst("");
		return new SqlType(UNBOUNDED.getOrDefault(plain.strip(), plain));
	}

	@Override
	public String toString() {
		return this.sql;
	}

}
