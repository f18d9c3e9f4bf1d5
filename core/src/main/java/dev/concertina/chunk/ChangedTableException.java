package dev.concertina.chunk;

import dev.concertina.failure.ConcertinaException;

/**
 * A table that is not what it was when its change was expanded.
 */
public final class ChangedTableException extends ConcertinaException {

	ChangedTableException(String problem, String action) {
		super(problem, action);
	}

}
