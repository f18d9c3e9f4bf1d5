package dev.concertina.protocol;

import java.util.List;

/**
 * A transaction of one of the two application versions.
 *
 * @param name what it does
 * @param statements its statements
 * @param expected a condition that holds afterwards, besides the equality of both
 * structures
 */
record Writer(String name, List<String> statements, String expected) {

	static Writer of(String name, String statement, String expected) {
		return new Writer(name, List.of(statement), expected);
	}

	static Writer of(String name, String first, String second, String expected) {
		return new Writer(name, List.of(first, second), expected);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
