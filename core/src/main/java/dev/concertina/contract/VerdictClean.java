package dev.concertina.contract;

import java.time.Duration;
import java.util.Optional;

import dev.concertina.state.Verdict;

/**
 * Both structures were compared, lately, and were equal. Once the old one is out of sight
 * nothing can be compared any more: it follows the new one.
 */
class VerdictClean implements GateCondition {

	private final Duration maxAge;

	VerdictClean(Duration maxAge) {
		this.maxAge = maxAge;
	}

	@Override
	public Optional<Objection> objection(GateCandidate candidate) {
		if (candidate.verdict().isEmpty()) {
			return Optional.of(new Objection(
					"Change '%s' was not verified; it is in %s since %s".formatted(candidate.change().id(),
							candidate.change().state(), candidate.change().since()),
					"Wait until both structures have been compared."));
		}
		Verdict verdict = candidate.verdict().get();
		if (!verdict.holds()) {
			return Optional.of(new Objection(
					"%d of %d rows were not equal in both structures at %s (%d missing, %d different, %d extra)"
						.formatted(verdict.mismatches(), verdict.rows(), verdict.at(), verdict.missing(),
								verdict.different(), verdict.extra()),
					candidate.change().plan().tasks().isEmpty()
							? "Correct the rows whose keys are in %s, then verify again."
								.formatted(candidate.jdbc().schema().table("mismatch"))
							: "Stop the old version, if it still writes: what it has written is computed by itself."));
		}
		if (candidate.isRetired()) {
			return Optional.empty();
		}
		Duration age = Duration.between(verdict.at(), candidate.now());
		if (age.isNegative() || age.compareTo(this.maxAge) > 0) {
			return Optional.of(new Objection("The last comparison is %s old, as it is of %s; at most %s is accepted"
				.formatted(age, verdict.at(), this.maxAge), "Nothing: it is verified again by itself."));
		}
		return Optional.empty();
	}

}
