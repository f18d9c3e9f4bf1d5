package dev.concertina.contract;

import java.util.Optional;

import dev.concertina.state.ChangeRecord;

/**
 * Somebody has said yes, where the change asks for it.
 */
class Approved implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.change().isApproved()) {
			return Optional.empty();
		}
		ChangeRecord change = candidate.change();
		return Optional.of(new Objection(
				"Nobody has approved that change '%s' drops the old structure; it is in %s since %s"
					.formatted(change.id(), change.state(), change.since()),
				"Approve it once no running version needs the old structure: list it under concertina.approved, or call approve."));
	}

}
