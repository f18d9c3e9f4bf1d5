package dev.concertina.operation;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.SqlType;

/**
 * A key of the objects in a JSON array, and the column that it becomes.
 *
 * @param name the column
 * @param type its type
 * @param key the key in the object, or {@code null} if it is called as the column
 */
public record JsonField(ColumnName name, SqlType type, @Nullable String key) {

	/**
	 * Return a field whose key is called as its column.
	 * @param name the column and key
	 * @param type the type of the column
	 * @return the field
	 */
	public static JsonField of(String name, String type) {
		return new JsonField(ColumnName.of(name), SqlType.of(type), null);
	}

	/**
	 * Return a field with another key.
	 * @param name the column
	 * @param type the type of the column
	 * @param key the key in the object
	 * @return the field
	 */
	public static JsonField of(String name, String type, String key) {
		return new JsonField(ColumnName.of(name), SqlType.of(type), key);
	}

	String keyLiteral() {
		return Identifier.literal((this.key != null) ? this.key : this.name.value());
	}

	/**
	 * Return the value of the field in an object.
	 */
	String value(String object) {
		String type = this.type.sql().toLowerCase(Locale.ROOT);
		if (type.equals("jsonb") || type.equals("json")) {
			return "(%s -> %s)::%s".formatted(object, keyLiteral(), this.type);
		}
		String text = object + " ->> " + keyLiteral();
		// a cast would cut what is too long, where an assignment refuses it
		boolean limited = type.startsWith("varchar") || type.startsWith("character varying");
		return (limited && !type.endsWith("]")) ? "(%s)".formatted(text) : "CAST(%s AS %s)".formatted(text, this.type);
	}

}
