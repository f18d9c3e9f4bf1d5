package dev.concertina;

import java.util.List;

import dev.concertina.change.ChangeId;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;

/**
 * Moves reads to the new structure once it was compared everywhere, and back while the
 * old one is in sight.
 *
 * @param database the database
 * @param transitions what knows the change
 */
record ReadSwitch(Database database, Transitions transitions) {

	void set(ChangeId id, int percent, String actor) {
		if (percent < 0 || percent > 100) {
			throw new InvalidDefinitionException("A read share of %d %%".formatted(percent), "Use 0 to 100.");
		}
		ChangeRecord change = this.transitions.find(id);
		List<String> behind = (percent > change.readShare()) ? new Standbys(this.database).behind(id) : List.of();
		if (!behind.isEmpty()) {
			throw refused(change, percent, "Wait until all standbys have replayed what was compared: %s."
				.formatted(String.join(", ", behind)));
		}
		if (!isAllowed(change, percent) || !StateStore.jdbc(this.database.jdbc())
			.readShare(id, this.transitions.assumed(), change.readShare(), percent, actor)) {
			throw refused(this.transitions.find(id), percent,
					"Switch reads once both structures were verified to be equal, and while the old one is in sight.");
		}
	}

	private static boolean isAllowed(ChangeRecord change, int percent) {
		Status status = change.state().status();
		return change.isInSight() && (status == Status.RUNNING || status == Status.PAUSED || status == Status.FAILED)
				&& (percent == 0 || change.state().phase() == Phase.CONTRACT);
	}

	private static RefusedTransitionException refused(ChangeRecord change, int percent, String action) {
		return new RefusedTransitionException(change, "read to %d %%".formatted(percent), action);
	}

}
