package dev.concertina.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that must be so before the old structure is dropped. Users may add theirs.
 */
@FunctionalInterface
public interface GateCondition {

	/**
	 * Return the conditions that every change has: rows copied, an equality that was
	 * proved lately, and an approval where the change asks for one.
	 * @param maxVerdictAge how old the proof may be
	 * @return the conditions
	 */
	static List<GateCondition> defaults(Duration maxVerdictAge) {
		return List.of(new BackfillFinished(), new VerdictClean(maxVerdictAge), new Approved());
	}

	/**
	 * Object, or don't.
	 * @param candidate the change that wants to contract
	 * @return the objection, or nothing
	 */
	Optional<Objection> objection(GateCandidate candidate);

}
