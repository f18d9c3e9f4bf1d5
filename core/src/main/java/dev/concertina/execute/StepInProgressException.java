package dev.concertina.execute;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Ddl;
import dev.concertina.state.ChangeRecord;

/**
 * Another instance, or another change, is at a step at the moment, which may take as long
 * as an index takes.
 */
public class StepInProgressException extends ConcertinaException {

	/**
	 * Create a failure.
	 * @param change the change
	 * @param step the step that can't be run now
	 */
	public StepInProgressException(ChangeRecord change, Ddl step) {
		super("Change '%s' can't %s now: another step is at work".formatted(change.id(), step.description()),
				"Nothing: it is tried again by itself.");
	}

}
