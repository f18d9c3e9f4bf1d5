package dev.concertina.contract;

import java.util.Optional;

/**
 * Somebody has said yes, where the change asks for it.
 */
class Approved implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.change().isApproved()) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				"Nobody has approved that change '%s' drops the old structure".formatted(candidate.change().id()),
				"Approve it once no running version needs the old structure: list it under concertina.approved, or call approve."));
	}

}
