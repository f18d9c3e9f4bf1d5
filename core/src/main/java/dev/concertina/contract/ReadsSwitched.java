package dev.concertina.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.concertina.state.ChangeRecord;

/**
 * Where the application routes its reads, all of them go to the new structure, and have
 * done so for a while.
 *
 * @param soak for how long
 */
record ReadsSwitched(Duration soak) implements GateCondition {

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		ChangeRecord change = candidate.change();
		if (change.readShare() == 0
				&& candidate.fleet().live().stream().noneMatch((one) -> one.routes().contains(change.id()))) {
			return Optional.empty();
		}
		if (change.readShare() < 100) {
			return Optional.of(new Objection(
					"%d %% of the reads go to the new structure, since %s".formatted(change.readShare(),
							change.readShareSince()),
					"Set the read share to 100 when the new structure has shown that it is right."));
		}
		Instant over = change.readShareSince().plus(this.soak);
		if (over.isAfter(candidate.now())) {
			return Optional
				.of(new Objection("All reads go to the new structure since %s only".formatted(change.readShareSince()),
						"Nothing: it is enough at %s.".formatted(over)));
		}
		return Optional.empty();
	}

	@Override
	public String toString() {
		return "Whether the reads are switched";
	}

}
