package dev.concertina;

import java.util.Collections;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.verify.Verifier;

/**
 * What people may do to a running change. Each call says who does it, and is in the
 * history of the change.
 */
public final class Steering {

	private static final String REPAIR = "what differs is copied again";

	private final Database database;

	private final Runnable wake;

	private final MigrationListener listener;

	Steering(Database database, Runnable wake, MigrationListener listener) {
		this.database = database;
		this.wake = wake;
		this.listener = listener;
	}

	/**
	 * Stop a change at its next batch border, on every instance.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void pause(ChangeId id, String actor, String reason) {
		ChangeRecord change = find(id);
		if (change.state().status() != Status.RUNNING) {
			throw new RefusedTransitionException(change, "paused", "Only a running change can be paused.");
		}
		move(change, change.state().with(Status.PAUSED), actor, reason);
	}

	/**
	 * Let a paused or failed change go on where it was, and a failed rollback go on
	 * rolling back.
	 * @param id the change
	 * @param actor who does it
	 */
	public void resume(ChangeId id, String actor) {
		ChangeRecord change = find(id);
		Status status = change.state().status();
		if (status != Status.PAUSED && !status.isFailed()) {
			throw new RefusedTransitionException(change, "resumed", "Only a paused or failed change can be resumed.");
		}
		if (status == Status.ROLLBACK_FAILED) {
			move(change, change.state().with(Status.ROLLING_BACK), actor, null);
		}
		else if (change.state().phase() == Phase.VERIFY) {
			compareAnew(change, actor);
		}
		else if (change.state().phase() == Phase.BACKFILL) {
			copyOn(change, actor);
		}
		else {
			move(change, change.state().with(change.dropped() ? Status.CONTRACTING : Status.RUNNING), actor, null);
		}
	}

	/**
	 * Set how a change is copied and compared, on every instance within about a second.
	 * @param id the change
	 * @param tuning all that shall differ from what the instances are configured with
	 * @param actor who does it
	 */
	public void tune(ChangeId id, Tuning tuning, String actor) {
		ChangeRecord change = find(id);
		if (!StateStore.jdbc(this.database.jdbc()).tune(id, tuning, actor)) {
			throw new RefusedTransitionException(change, "tuned", "Only a change that is not at its end can be tuned.");
		}
	}

	/**
	 * Compare both structures again, now.
	 * @param id the change
	 * @param actor who does it
	 */
	public void verify(ChangeId id, String actor) {
		ChangeRecord change = find(id);
		State state = change.state();
		if (!state.isRunning(Phase.CONTRACT) && !state.equals(new State(Phase.VERIFY, Status.FAILED))) {
			throw new RefusedTransitionException(change, "verified",
					"Verify when a comparison is over and the contract has not begun.");
		}
		compareAnew(change, actor);
	}

	/**
	 * Copy again what the last comparison has found to differ, from the old structure to
	 * the new one and with the rows locked, and compare everything once more.
	 * @param id the change
	 * @param actor who does it
	 */
	public void repair(ChangeId id, String actor) {
		ChangeRecord change = find(id);
		if (!change.state().equals(new State(Phase.VERIFY, Status.FAILED))) {
			throw new RefusedTransitionException(change, "repaired", "Only a comparison that has failed is repaired.");
		}
		State to = State.running(Phase.BACKFILL);
		tell(change, to, REPAIR, this.database.inTransaction((jdbc) -> {
			boolean moved = StateStore.jdbc(jdbc).transition(change.id(), change.state(), to, actor, REPAIR);
			if (moved && new ChunkStore(jdbc).planRepair(change.plan()) == 0) {
				throw new RefusedTransitionException(change, "repaired",
						"What differs can't be copied again; correct the rows listed in concertina.mismatch, then resume it.");
			}
			return moved;
		}));
	}

	/**
	 * Say yes to the contract: no version that still runs needs the old structure.
	 * @param id the change
	 * @param actor who says so
	 * @return whether nobody had said so before
	 */
	public boolean approve(ChangeId id, String actor) {
		boolean first = StateStore.jdbc(this.database.jdbc()).approve(find(id).id(), actor);
		this.wake.run();
		return first;
	}

	/**
	 * Set the share of reads that go to the new structure.
	 * @param id the change
	 * @param percent 0 to 100
	 * @param actor who does it
	 */
	public void readShare(ChangeId id, int percent, String actor) {
		if (percent < 0 || percent > 100) {
			throw new InvalidDefinitionException("A read share of %d %%".formatted(percent), "Use 0 to 100.");
		}
		ChangeRecord change = find(id);
		boolean allowed = percent == 0 || change.state().phase() == Phase.CONTRACT;
		if (!allowed || !StateStore.jdbc(this.database.jdbc()).readShare(id, change.readShare(), percent, actor)) {
			throw new RefusedTransitionException(change, "read to %d %%".formatted(percent),
					"Switch reads once both structures were verified to be equal.");
		}
	}

	/**
	 * Take the new structure away; possible until the old one is dropped, and no row is
	 * lost by it. A change that is completed and has dropped nothing can be rolled back
	 * as long as no later one was applied to its tables.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void rollBack(ChangeId id, String actor, String reason) {
		ChangeRecord change = find(id);
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
		move(change, change.state().with(Status.ROLLING_BACK), actor, reason);
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

	private ChangeRecord find(ChangeId id) {
		return StateStore.jdbc(this.database.jdbc()).find(id).orElseThrow(() -> new UnknownChangeException(id));
	}

	/**
	 * What could not be copied so far may have been corrected.
	 */
	private void copyOn(ChangeRecord change, String actor) {
		State to = State.running(Phase.BACKFILL);
		tell(change, to, null, this.database.inTransaction((jdbc) -> {
			StateStore store = StateStore.jdbc(jdbc);
			boolean moved = store.transition(change.id(), change.state(), to, actor, null);
			if (moved) {
				store.retryPoisonRows(change.id());
			}
			return moved;
		}));
	}

	private void compareAnew(ChangeRecord change, String actor) {
		State to = State.running(Phase.VERIFY);
		tell(change, to, null, this.database.inTransaction((jdbc) -> {
			boolean moved = StateStore.jdbc(jdbc).transition(change.id(), change.state(), to, actor, null);
			if (moved) {
				Verifier.forget(jdbc, change.id());
				new ChunkStore(jdbc).forgetRepairs(change.plan());
			}
			return moved;
		}));
	}

	private void move(ChangeRecord change, State to, String actor, @Nullable String reason) {
		tell(change, to, reason,
				StateStore.jdbc(this.database.jdbc()).transition(change.id(), change.state(), to, actor, reason));
	}

	private void tell(ChangeRecord change, State to, @Nullable String reason, boolean moved) {
		if (!moved) {
			throw new RefusedTransitionException(find(change.id()), "moved from %s to %s".formatted(change.state(), to),
					"It has moved meanwhile, or has dropped something; look at its state and decide anew.");
		}
		this.listener.on(new StateChanged(change.id(), change.state(), to, reason));
		this.wake.run();
	}

}
