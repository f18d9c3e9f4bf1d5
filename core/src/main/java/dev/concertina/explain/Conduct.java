package dev.concertina.explain;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;

/**
 * What the versions of an application may do in a phase, as far as the steps tell.
 *
 * @param oldVersion what the version that runs already may do
 * @param newVersion what the version that brings the change may do
 */
record Conduct(String oldVersion, String newVersion) {

	private static final String AS_BEFORE = "goes on as before";

	static Conduct of(Plan plan, Phase phase) {
		return switch (phase) {
			case EXPAND, DUAL_WRITE -> startup(plan);
			case BACKFILL -> backfill(plan);
			case VERIFY -> verify(plan);
			case CONTRACT -> contract(plan);
		};
	}

	private static Conduct startup(Plan plan) {
		return new Conduct(AS_BEFORE, plan.isDoneAfterStartup() ? "is starting, and finds everything as it shall be"
				: "is starting, and serves nothing yet");
	}

	private static Conduct backfill(Plan plan) {
		if (plan.isKeptByApplication()) {
			return new Conduct("does not run any more: nothing carries what it writes",
					"writes both structures; does not read the new one, as rows are still missing");
		}
		boolean copies = plan.steps(Phase.BACKFILL).stream().anyMatch((step) -> step instanceof Backfill);
		if (isInStep(plan) && copies) {
			return new Conduct("goes on as before; what it writes is carried over",
					"may write the new structure; does not rely on it when it reads, as rows are still missing");
		}
		return new Conduct(AS_BEFORE, "does not rely on what this phase makes before it is over");
	}

	private static Conduct verify(Plan plan) {
		return new Conduct(plan.isKeptByApplication() ? "does not run any more" : AS_BEFORE,
				isInStep(plan) ? "as in BACKFILL; may read the new structure once the comparison has passed"
						: "does not rely on the new structure before the comparison has passed");
	}

	private static Conduct contract(Plan plan) {
		boolean takesAway = plan.steps(Phase.CONTRACT)
			.stream()
			.anyMatch((step) -> step instanceof Ddl ddl && ddl.destructive());
		return new Conduct(
				takesAway ? "goes on as before until the approval, and does not run any more from then on"
						: "goes on as before until the approval; from then on it must stand what the steps demand",
				"reads and writes the new structure");
	}

	private static boolean isInStep(Plan plan) {
		return plan.isKeptByApplication() || !plan.steps(Phase.DUAL_WRITE).isEmpty();
	}

}
