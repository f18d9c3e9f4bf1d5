package dev.concertina.change;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.schema.Bystanders;
import dev.concertina.schema.Catalog;
import dev.concertina.schema.TableName;

/**
 * What people should know of the rows that a backfill writes: who else notices them.
 */
final class WriteNotes {

	private final Catalog catalog;

	private final Plan plan;

	private final Set<String> notes = new LinkedHashSet<>();

	private WriteNotes(Catalog catalog, Plan plan) {
		this.catalog = catalog;
		this.plan = plan;
	}

	/**
	 * Return the notes on a plan, one for each table and kind of bystander.
	 */
	static List<String> of(Catalog catalog, Plan plan) {
		WriteNotes notes = new WriteNotes(catalog, plan);
		for (Step step : plan.steps(Phase.BACKFILL)) {
			if (step instanceof Backfill backfill) {
				notes.add(backfill);
			}
		}
		return List.copyOf(notes.notes);
	}

	private void add(Backfill backfill) {
		if (backfill.isInPlace()) {
			add(backfill.source(), Bystanders.Trigger::atUpdate);
			return;
		}
		targets(backfill).forEach((table) -> add(table, (trigger) -> true));
	}

	/**
	 * A copy into another table goes where the triggers of the change are.
	 */
	private List<TableName> targets(Backfill backfill) {
		List<TableName> targets = new ArrayList<>();
		for (Step step : this.plan.steps(Phase.DUAL_WRITE)) {
			if (step instanceof DualWrite dualWrite) {
				targets.addAll(dualWrite.tables());
			}
		}
		targets.remove(backfill.source());
		return targets;
	}

	private void add(TableName table, Predicate<Bystanders.Trigger> fires) {
		Bystanders bystanders = this.catalog.bystanders(table);
		boolean bypassing = this.plan.settings().bypassesTriggers();
		String triggers = bystanders.triggers()
			.stream()
			.filter(fires.and((trigger) -> trigger.fires(bypassing)))
			.map(Bystanders.Trigger::toString)
			.collect(Collectors.joining(", "));
		if (!triggers.isEmpty()) {
			this.notes.add((bypassing
					? "The backfill fires triggers of %s that are enabled for replicas, though it bypasses the others: %s."
					: "The backfill fires triggers of %s, as any write does: %s. With 'userTriggers: bypass' it would not.")
				.formatted(table, triggers));
		}
		if (!bystanders.publications().isEmpty()) {
			this.notes.add(
					"%s is published (%s): subscribers get each row that the backfill writes, and one that lacks a new column stops. Give it the columns first."
						.formatted(table, String.join(", ", bystanders.publications())));
		}
		if (bystanders.hasRowSecurity()) {
			this.notes.add(
					"%s has row-level security: a batch fails if a policy hides rows from the role that migrates, or forbids it to write them."
						.formatted(table));
		}
	}

}
