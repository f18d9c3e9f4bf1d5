package dev.concertina;

import java.util.Set;

import dev.concertina.change.ChangeId;
import dev.concertina.state.StateStore;

/**
 * Approvals that come with the application, such as those of its configuration.
 *
 * @param changes the changes that may drop the old structure
 * @param actor who says so
 */
record Approvals(Set<ChangeId> changes, String actor) {

	Approvals {
		changes = Set.copyOf(changes);
	}

	/**
	 * Record those that nobody has recorded before; changes that were not expanded yet
	 * are left out.
	 */
	void record(StateStore state) {
		this.changes.forEach((change) -> state.approve(change, this.actor));
	}

}
