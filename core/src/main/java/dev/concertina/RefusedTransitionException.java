package dev.concertina;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.state.ChangeRecord;

/**
 * A change is not in a state from which it could do what was asked for.
 */
public class RefusedTransitionException extends ConcertinaException {

	RefusedTransitionException(ChangeRecord change, String what, String action) {
		super("Change '%s' is in %s and can't be %s".formatted(change.id(), change.state(), what), action);
	}

}
