package dev.concertina.backfill;

import java.util.Set;

import dev.concertina.failure.ConcertinaException;

/**
 * A change whose rows are computed by a task that this instance does not have.
 */
public final class MissingTaskException extends ConcertinaException {

	MissingTaskException(Set<String> missing, Set<String> known) {
		super("There is no backfill task %s here; %s".formatted(String.join(", ", missing),
				known.isEmpty() ? "there is none at all" : "there are " + String.join(", ", known)),
				"Add a BackfillTask with that name: in Spring Boot a bean, else ConcertinaBuilder.task.");
	}

}
