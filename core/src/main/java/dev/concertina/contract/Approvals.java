package dev.concertina.contract;

import java.util.Set;

import dev.concertina.change.ChangeId;
import dev.concertina.state.StateStore;

/**
 * Approvals that come with the application, such as those of its configuration.
 *
 * @param changes the changes that may drop the old structure
 * @param actor who says so
 */
public record Approvals(Set<ChangeId> changes, String actor) {

	public Approvals {
		changes = Set.copyOf(changes);
	}

	/**
	 * Record the approval of a change, if there is one and nobody has given it before.
	 * @param state where it is recorded
	 * @param change the change
	 */
	public void record(StateStore state, ChangeId change) {
		if (this.changes.contains(change)) {
			state.approve(change, this.actor);
		}
	}

}
