package dev.concertina.failure;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that Concertina throws: a problem with names and numbers, and an
 * action that can be obeyed.
 */
public class ConcertinaException extends RuntimeException {

	private final String action;

	/**
	 * Create a failure.
	 * @param problem what is wrong, with names and numbers
	 * @param action what to do about it
	 */
	public ConcertinaException(String problem, String action) {
		this(problem, action, null);
	}

	/**
	 * Create a failure with a cause.
	 * @param problem what is wrong, with names and numbers
	 * @param action what to do about it
	 * @param cause what led to it
	 */
	public ConcertinaException(String problem, String action, @Nullable Throwable cause) {
		super(problem, cause);
		this.action = action;
	}

	/**
	 * Return what to do about the problem.
	 * @return a sentence that can be obeyed
	 */
	public String action() {
		return this.action;
	}

}
