package dev.concertina.chunk;

import dev.concertina.failure.ConcertinaException;

/**
 * A table or view that has no key by which it could be gone over.
 */
public final class MissingKeyException extends ConcertinaException {

	MissingKeyException(String problem, String action) {
		super(problem, action);
	}

}
