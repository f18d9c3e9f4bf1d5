package dev.concertina.execute;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Plan;
import dev.concertina.schema.TableName;
import dev.concertina.state.ChangeRecord;

/**
 * Changes that would work on one table at the same time. The triggers of each know
 * nothing of those of the other: what one of them writes would not reach the structure of
 * the other.
 */
final class Overlap {

	private Overlap() {
	}

	/**
	 * Return the objection of the changes that are at work.
	 * @param plan the plan of a change that shall begin
	 * @param changes all changes that have begun
	 */
	static Optional<ConcertinaException> withRunning(Plan plan, List<ChangeRecord> changes) {
		return changes.stream()
			.filter((other) -> !other.state().status().isFinal() && !common(plan, other.plan()).isEmpty())
			.findFirst()
			.map((other) -> new ConcertinaException(
					"Change '%s' is about %s, which change '%s' is still working on (%s)".formatted(plan.change(),
							common(plan, other.plan()), other.id(), other.state()),
					"Let '%s' contract or roll it back, then start again.".formatted(other.id())));
	}

	/**
	 * Return the objection of the changes that begin before it at the same start.
	 * @param plan the plan of a change that shall begin
	 * @param earlier the plans of those
	 */
	static Optional<ConcertinaException> withPending(Plan plan, List<Plan> earlier) {
		return earlier.stream()
			.filter((other) -> !other.isDoneAfterStartup() && !common(plan, other).isEmpty())
			.findFirst()
			.map((other) -> new ConcertinaException(
					"Change '%s' is about %s, which change '%s' begins to work on at the same start"
						.formatted(plan.change(), common(plan, other), other.change()),
					"Release '%s' when '%s' has contracted, or make both one change.".formatted(plan.change(),
							other.change())));
	}

	private static Set<TableName> common(Plan plan, Plan other) {
		Set<TableName> common = new LinkedHashSet<>(plan.tables());
		common.retainAll(other.tables());
		return common;
	}

}
