package dev.concertina.execute;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.state.ChangeRecord;

/**
 * A change went into another state while something was about to be done for the old one.
 */
public class StateMovedException extends ConcertinaException {

	/**
	 * Create a failure.
	 * @param change the change as it was seen
	 */
	public StateMovedException(ChangeRecord change) {
		super("Change '%s' is no longer %s".formatted(change.id(), change.state()),
				"Look at the state of the change and decide anew.");
	}

}
