package dev.concertina;

import java.util.Collections;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Database;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;

/**
 * The two ways back, which are open until something is dropped.
 *
 * @param database the database
 * @param transitions how a change gets there
 */
record WaysBack(Database database, Transitions transitions) {

	/**
	 * A drop that waits or has failed is no reason to wait for it.
	 */
	void unretire(ChangeId id, String actor, String reason) {
		ChangeRecord change = this.transitions.find(id);
		boolean possible = switch (change.state().status()) {
			case RETIRED -> true;
			case CONTRACTING, FAILED -> change.isOutOfSight();
			default -> false;
		};
		if (!possible) {
			throw new RefusedTransitionException(change, "unretired",
					"Only what is out of sight, and not dropped, can be unretired.");
		}
		this.transitions.move(change, change.state().with(Status.UNRETIRING), actor, reason);
	}

	void rollBack(ChangeId id, String actor, String reason) {
		ChangeRecord change = this.transitions.find(id);
		Status status = change.state().status();
		if (status == Status.ROLLED_BACK || status == Status.ROLLING_BACK) {
			throw new RefusedTransitionException(change, "rolled back", "There is nothing that could be rolled back.");
		}
		if (change.dropped()) {
			throw new RefusedTransitionException(change, "rolled back",
					"It has dropped a part of the old structure already; let it contract.");
		}
		if (status == Status.COMPLETED) {
			requireLast(change);
		}
		this.transitions.move(change, change.state().with(Status.ROLLING_BACK), actor, reason);
	}

	/**
	 * What was built on a structure since would go with it.
	 */
	private void requireLast(ChangeRecord change) {
		StateStore.jdbc(this.database.jdbc())
			.all()
			.stream()
			.dropWhile((other) -> !other.id().equals(change.id()))
			.skip(1)
			.filter((other) -> other.state().status() != Status.ROLLED_BACK
					&& !Collections.disjoint(other.plan().tables(), change.plan().tables()))
			.findFirst()
			.ifPresent((later) -> {
				throw new RefusedTransitionException(change, "rolled back",
						"Change %s has been applied to the same tables since; roll that back first."
							.formatted(later.id()));
			});
	}

}
