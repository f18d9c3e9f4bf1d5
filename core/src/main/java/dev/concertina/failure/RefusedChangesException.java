package dev.concertina.failure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Changes that were refused before anything was touched, with every problem found.
 */
public class RefusedChangesException extends ConcertinaException {

	private final List<Problem> problems;

	/**
	 * Create a refusal.
	 * @param problems everything that was found, at least one
	 */
	public RefusedChangesException(List<Problem> problems) {
		super(message(problems), "Correct what is listed and start again; nothing was changed in the database.");
		this.problems = List.copyOf(problems);
	}

	/**
	 * Return everything that was found.
	 * @return the problems in the order of the definitions
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	private static String message(List<Problem> problems) {
		return problems.stream()
			.map((problem) -> "%n  - %s".formatted(problem))
			.collect(Collectors.joining("",
					"%d problem%s in the changes:".formatted(problems.size(), (problems.size() == 1) ? "" : "s"), ""));
	}

}
