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

	/**
	 * Return the type without length, precision or scale: a value that is converted to it
	 * loses nothing, and an assignment refuses what the full type can't hold.
	 * @return the type without modifier
	 */
	public SqlType withoutModifier() {
		String bare = this.sql.replaceAll("\\([^)]*\\)", "").replaceAll(" +", " ").strip();
		boolean modified = bare.length() < this.sql.length();
		return switch (bare) {
			// these mean a length of 1
			case "character", "char" -> new SqlType("bpchar");
			case "bit" -> new SqlType("bit varying");
			default -> modified ? new SqlType(bare) : this;
		};
	}

	@Override
	public String toString() {
		return this.sql;
	}

}
