package dev.concertina.contract;

import java.util.Optional;

import dev.concertina.plan.Phase;
import dev.concertina.state.State;

/**
 * Every row is copied: read from the persisted phase, never inferred.
 */
class BackfillFinished implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		State state = candidate.change().state();
		if (state.phase().compareTo(Phase.BACKFILL) > 0) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"Change '%s' is in %s since %s".formatted(candidate.change().id(), state, candidate.change().since()),
				"Wait until the backfill has finished."));
	}

}
