package dev.concertina.backfill;

/**
 * A failure of a {@link BackfillTask} that will pass and is not that of a row: a service
 * that is not there, a quota that is used up.
 */
public class TemporaryFailureException extends RuntimeException {

	/**
	 * Say what has failed.
	 * @param message what has failed, for people
	 * @param cause why
	 */
	public TemporaryFailureException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Say what has failed.
	 * @param message what has failed, for people
	 */
	public TemporaryFailureException(String message) {
		super(message);
	}

}
