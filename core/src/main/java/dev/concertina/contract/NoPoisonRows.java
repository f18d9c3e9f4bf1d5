package dev.concertina.contract;

import java.util.Optional;

import dev.concertina.state.StateStore;

/**
 * No row is set aside that could not be copied.
 */
class NoPoisonRows implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.poisonRows() == 0) {
			return Optional.empty();
		}
		return StateStore.jdbc(candidate.jdbc())
			.poisonRows(candidate.change().id(), 1)
			.stream()
			.findFirst()
			.map((first) -> new Objection(
					"%d rows could not be copied, the first of them at %s".formatted(candidate.poisonRows(),
							first.triedAt()),
					"Correct those in %s, then resume the change, which tries them again."
						.formatted(candidate.jdbc().schema().table("poison_row"))));
	}

}
