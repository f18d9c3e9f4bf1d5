package dev.concertina.change;

import java.util.List;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;

/**
 * A change and where it was written, so that a problem can be told with file and line.
 *
 * @param change the change
 * @param origin the file, or what made the bean
 * @param lines the line of each operation, empty if there is no file
 */
public record Definition(Change change, String origin, List<Integer> lines) {

	public Definition {
		lines = List.copyOf(lines);
	}

	/**
	 * Return the definition of a change that was made in Java.
	 * @param change the change
	 * @return the definition
	 */
	public static Definition of(Change change) {
		return new Definition(change, "change '%s'".formatted(change.id()), List.of());
	}

	/**
	 * Return an objection to the change as a whole.
	 * @param objection the objection
	 * @return the problem, at the origin of the change
	 */
	public Problem problem(ConcertinaException objection) {
		return new Problem(this.origin, String.valueOf(objection.getMessage()), objection.action());
	}

	Problem problem(int operation, String what, String action) {
		String where = (operation < this.lines.size()) ? "%s:%d".formatted(this.origin, this.lines.get(operation))
				: "%s, operation %d".formatted(this.origin, operation + 1);
		return new Problem(where, what, action);
	}

}
