package dev.concertina.failure;

/**
 * A name, type, expression or operation that can't be meant as it was written.
 */
public class InvalidDefinitionException extends ConcertinaException {

	/**
	 * Create a failure.
	 * @param problem what is wrong, with names and numbers
	 * @param action what to write instead
	 */
	public InvalidDefinitionException(String problem, String action) {
		super(problem, action);
	}

}
