package dev.concertina.testing.proof;

import java.util.List;

/**
 * A transaction of one of the two application versions.
 *
 * @param name what it does
 * @param statements its statements
 * @param expected a condition that holds afterwards, besides the equality of both
 * structures
 */
public record Writer(String name, List<String> statements, String expected) {

	public static Writer of(String name, String statement, String expected) {
		return new Writer(name, List.of(statement), expected);
	}

	public static Writer of(String name, String first, String second, String expected) {
		return new Writer(name, List.of(first, second), expected);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
