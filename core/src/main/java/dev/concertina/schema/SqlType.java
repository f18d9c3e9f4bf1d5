package dev.concertina.schema;

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

	@Override
	public String toString() {
		return this.sql;
	}

}
