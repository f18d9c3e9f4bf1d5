package dev.concertina.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What the old version has written alone before every instance wrote both structures. A
 * row that another instance had written to both by then is no longer missing in the new
 * structure, so no copy takes it, but it is not equal either: each proof of equality
 * corrects what it would find, before anything is built on the new structure.
 */
final class LoneWrites {

	private LoneWrites() {
	}

	/**
	 * Return the backfill that catches up with them.
	 * @param backfill the steps that copy, and those that build on what is copied
	 * @param checks the proofs of equality
	 */
	static List<Step> caughtUp(List<Step> backfill, List<Step> checks) {
		List<Step> steps = new ArrayList<>(backfill.stream().filter(Backfill.class::isInstance).toList());
		for (Step step : checks) {
			if (step instanceof Check check && !check.repair().isEmpty() && check.task() == null) {
				steps.add(new Backfill("make sure that " + check.description(), check.source(), check.repair())
					.in(check.order()));
			}
		}
		backfill.stream().filter((step) -> !(step instanceof Backfill)).forEach(steps::add);
		return steps;
	}

}
