package dev.concertina.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.concertina.state.Status;

/**
 * The old structure is out of sight for long enough that whoever needs it would have
 * noticed, and no statement has missed it for as long.
 *
 * @param soak for how long
 */
record Soaked(Duration soak) implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.change().state().status() != Status.RETIRED) {
			return Optional.empty();
		}
		Instant retired = candidate.change().retiredAt();
		if (retired == null) {
			return Optional.of(new Objection("Nobody knows since when the old structure is out of sight",
					"Call unretire; once the change is resumed, it is retired again."));
		}
		Instant missed = candidate.change().missedAt();
		Instant over = ((missed != null) ? missed : retired).plus(this.soak);
		if (!over.isAfter(candidate.now())) {
			return Optional.empty();
		}
		return Optional.of((missed != null) ? new Objection(
				"A statement has missed the old structure at %s; the history tells which".formatted(missed),
				"Change what runs it, or call unretire. If no other misses it, it is dropped at %s.".formatted(over))
				: new Objection("The old structure is out of sight since %s only".formatted(retired),
						"Nothing: it is dropped at %s. To have it back until then, call unretire.".formatted(over)));
	}

}
