package dev.concertina.contract;

import java.util.Set;

import dev.concertina.change.ChangeId;
import dev.concertina.state.ChangeRecord;
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
	 * Record the approval of a change that runs, if there is one and nobody has given it
	 * before.
	 * @param state where it is recorded
	 * @param change the change
	 */
	public void record(StateStore state, ChangeId change) {
		if (this.changes.contains(change)) {
			state.approveByRelease(change, this.actor);
		}
	}

	/**
	 * Return whether it was the release of an instance that has approved a change, so
	 * that it speaks for no other instance.
	 * @param change the change
	 * @return {@code true} if it was approved in this way
	 */
	boolean haveApproved(ChangeRecord change) {
		return this.actor.equals(change.approvedBy());
	}

}
