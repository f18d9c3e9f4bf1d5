package dev.concertina.contract;

import java.util.Optional;

/**
 * No row is set aside that could not be copied.
 */
class NoPoisonRows implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.poisonRows() == 0) {
			return Optional.empty();
		}
		return Optional.of(new Objection("%d rows could not be copied".formatted(candidate.poisonRows()),
				"Correct those in %s, then resume the change, which tries them again."
					.formatted(candidate.jdbc().schema().table("poison_row"))));
	}

}
