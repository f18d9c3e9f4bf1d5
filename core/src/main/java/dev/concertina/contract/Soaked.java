package dev.concertina.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The old structure is out of sight for long enough that whoever needs it would have
 * noticed.
 *
 * @param soak for how long
 */
record Soaked(Duration soak) implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		Instant retired = candidate.change().retiredAt();
		if (!candidate.isRetired() || retired == null) {
			return Optional.empty();
		}
		Instant over = retired.plus(this.soak);
		if (over.isAfter(candidate.now())) {
			return Optional.of(new Objection("The old structure is out of sight since %s only".formatted(retired),
					"Nothing: it is dropped at %s. To have it back until then, call unretire.".formatted(over)));
		}
		return Optional.empty();
	}

}
