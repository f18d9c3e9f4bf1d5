package dev.concertina.explain;

import java.util.stream.Collectors;

/**
 * Text as a comment in SQL.
 */
final class SqlComment {

	private SqlComment() {
	}

	/**
	 * Return the comment. A name may hold a line break, and what is behind it must not
	 * become a statement.
	 */
	static String of(String text) {
		return text.lines().map((line) -> "-- %s\n".formatted(line)).collect(Collectors.joining());
	}

}
