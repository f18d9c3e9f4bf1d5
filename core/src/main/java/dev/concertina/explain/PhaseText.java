package dev.concertina.explain;

import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;

/**
 * Who runs a phase, and when.
 */
final class PhaseText {

	private PhaseText() {
	}

	static String when(Plan plan, Phase phase) {
		return switch (phase) {
			case EXPAND ->
				"At startup, by Flyway" + (plan.steps(Phase.DUAL_WRITE).isEmpty() ? ", in one transaction, which keeps"
						: ", in one transaction with DUAL_WRITE, which keeps") + " each lock until it commits.";
			case DUAL_WRITE -> "At startup, in the transaction of EXPAND.";
			case BACKFILL -> plan.isKeptByApplication()
					? "In the background, step after step, once every instance writes both structures and no earlier transaction is left."
					: "In the background, step after step.";
			case VERIFY -> "In the background, range after range.";
			case CONTRACT -> "In the background, step after step, once the gate lets it.";
		};
	}

}
