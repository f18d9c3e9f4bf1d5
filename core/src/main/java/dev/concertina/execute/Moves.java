package dev.concertina.execute;

import org.jspecify.annotations.Nullable;

import dev.concertina.event.MigrationEvent.StateChanged;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;

/**
 * Transitions that a change makes by itself. Whether this instance or another one was
 * first, the change has moved.
 *
 * @param database the database
 * @param listener who wants to know
 */
record Moves(Database database, MigrationListener listener) {

	static final String ACTOR = "concertina";

	boolean to(ChangeRecord change, State next, @Nullable String reason) {
		if (StateStore.jdbc(this.database.jdbc()).transition(change.id(), change.state(), next, ACTOR, reason)) {
			tell(change, next, reason);
		}
		return true;
	}

	boolean toContracting(ChangeRecord judged) {
		if (StateStore.jdbc(this.database.jdbc()).contract(judged, ACTOR, null)) {
			tell(judged, judged.state().with(Status.CONTRACTING), null);
		}
		return true;
	}

	void tell(ChangeRecord change, State next, @Nullable String reason) {
		this.listener.on(new StateChanged(change.id(), change.state(), next, reason));
	}

}
