package dev.concertina.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The exact name of a database object: as stored in the catalog, never folded.
 *
 * @param value the name, 1 to 63 bytes in UTF-8 (PostgreSQL's {@code NAMEDATALEN} - 1)
 */
public record Identifier(String value) {

	private static final int MAX_BYTES = 63;

	private static final int HASH_LENGTH = 9;

	public Identifier {
		if (value.isBlank() || value.indexOf('\0') >= 0) {
			throw new InvalidDefinitionException("The name '%s' is blank".formatted(value.replace('\0', '?')),
					"Write the name as it is in the database.");
		}
		int bytes = bytes(value);
		if (bytes > MAX_BYTES) {
			throw new InvalidDefinitionException(
					"The name '%s' is %d bytes long, PostgreSQL takes at most %d".formatted(value, bytes, MAX_BYTES),
					"Choose a shorter name.");
		}
	}

	/**
	 * Return a name.
	 * @param value the name as it is in the catalog
	 * @return the name
	 */
	public static Identifier of(String value) {
		return new Identifier(value);
	}

	/**
	 * Return a name made of parts, shortened by a hash where the parts are too long.
	 * @param parts the parts, joined by underscores
	 * @return the name, the same for the same parts
	 */
	public static Identifier derived(String... parts) {
		String name = String.join("_", parts);
		if (bytes(name) <= MAX_BYTES) {
			return new Identifier(name);
		}
		String hash = "_%08x".formatted(Arrays.hashCode(parts));
		String head = name;
		while (bytes(head) > MAX_BYTES - HASH_LENGTH) {
			head = head.substring(0, head.offsetByCodePoints(head.length(), -1));
		}
		return new Identifier(head + hash);
	}

	/**
	 * Return the name as it is written in SQL.
	 * @return the quoted name
	 */
	public String quoted() {
		return "\"" + this.value.replace("\"", "\"\"") + "\"";
	}

	/**
	 * Return a string as an SQL literal, whatever {@code standard_conforming_strings} is.
	 * @param text the string
	 * @return the quoted literal
	 */
	public static String literal(String text) {
		String quoted = "'" + text.replace("'", "''") + "'";
		return (text.indexOf('\\') < 0) ? quoted : "E" + quoted.replace("\\", "\\\\");
	}

	static String quoted(String... names) {
		return Arrays.stream(names).map((name) -> new Identifier(name).quoted()).collect(Collectors.joining("."));
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
