package dev.concertina.contract;

import java.util.Optional;

import dev.concertina.schema.StateSchemaName;

/**
 * No row is set aside that could not be copied.
 */
class NoPoisonRows implements GateCondition {

	private final StateSchemaName schema;

	NoPoisonRows(StateSchemaName schema) {
		this.schema = schema;
	}

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.poisonRows() == 0) {
			return Optional.empty();
		}
		return Optional.of(new Objection("%d rows could not be copied".formatted(candidate.poisonRows()),
				"Correct those in %s, then resume the change, which tries them again."
					.formatted(this.schema.table("poison_row"))));
	}

}
