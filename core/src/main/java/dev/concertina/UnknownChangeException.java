package dev.concertina;

import dev.concertina.change.ChangeId;
import dev.concertina.failure.ConcertinaException;

/**
 * There is no change of that id in the database.
 */
public class UnknownChangeException extends ConcertinaException {

	UnknownChangeException(ChangeId id) {
		super("There is no change '%s'".formatted(id), "Use the id of a change that has been expanded.");
	}

}
