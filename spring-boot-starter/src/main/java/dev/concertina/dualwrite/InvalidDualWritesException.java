package dev.concertina.dualwrite;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;

/**
 * Dual writes that can't be meant as they are annotated, with every problem found.
 */
public class InvalidDualWritesException extends ConcertinaException {

	private final List<Problem> problems;

	InvalidDualWritesException(List<Problem> problems) {
		super(message(problems), "Correct what is listed and start again.");
		this.problems = List.copyOf(problems);
	}

	/**
	 * Return everything that was found.
	 * @return the problems
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	private static String message(List<Problem> problems) {
		return problems.stream()
			.map((problem) -> "%n  - %s".formatted(problem))
			.collect(Collectors.joining("",
					"%d problem%s in the dual writes:".formatted(problems.size(), (problems.size() == 1) ? "" : "s"),
					""));
	}

}
