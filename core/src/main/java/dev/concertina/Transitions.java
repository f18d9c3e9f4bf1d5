package dev.concertina;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.verify.Verifier;

/**
 * Transitions that people ask for: each compares the state that it was decided on, and
 * tells of the new one.
 *
 * @param database the database
 * @param wake what lets the change be looked at
 * @param listener who wants to know
 * @param assumed the phase that the change must be in, {@code null} for any
 */
record Transitions(Database database, Runnable wake, MigrationListener listener, @Nullable Phase assumed) {

	ChangeRecord find(ChangeId id) {
		ChangeRecord change = StateStore.jdbc(this.database.jdbc())
			.find(id)
			.orElseThrow(() -> new UnknownChangeException(id));
		if (this.assumed != null && this.assumed != change.state().phase()) {
			throw new RefusedTransitionException(change, "steered as if it were in %s".formatted(this.assumed),
					"Look at where it is now, and decide anew.");
		}
		return change;
	}

	/**
	 * What could not be copied so far may have been corrected.
	 */
	void copyOn(ChangeRecord change, String actor) {
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

	void compareAnew(ChangeRecord change, String actor) {
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

	void move(ChangeRecord change, State to, String actor, @Nullable String reason) {
		tell(change, to, reason,
				StateStore.jdbc(this.database.jdbc()).transition(change.id(), change.state(), to, actor, reason));
	}

	void tell(ChangeRecord change, State to, @Nullable String reason, boolean moved) {
		if (!moved) {
			throw new RefusedTransitionException(find(change.id()), "moved from %s to %s".formatted(change.state(), to),
					"It has moved meanwhile, or has dropped something; look at its state and decide anew.");
		}
		this.listener.on(new StateChanged(change.id(), change.state(), to, reason));
		this.wake.run();
	}

}
