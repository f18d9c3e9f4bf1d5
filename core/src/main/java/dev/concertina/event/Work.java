package dev.concertina.event;

import dev.concertina.change.ChangeId;
import dev.concertina.plan.Phase;

/**
 * Work on a change that begins and ends on one thread.
 *
 * @param change the id of the change
 * @param phase what it is part of
 * @param extent how much of the phase it is
 */
public record Work(ChangeId change, Phase phase, Extent extent) {

	/**
	 * How much of a phase is done.
	 */
	public enum Extent {

		/** One transaction, from the claim of its chunk to its end. */
		BATCH,

		/**
		 * What one instance does in the phase, until it is over or something stops it.
		 */
		PHASE

	}

}
