package dev.concertina.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.TableName;

/**
 * A compiled change: the steps of each phase. Pure data, stored with the change, so that
 * a running change does not depend on code that is gone.
 *
 * @param change the id of the change
 * @param settings the session settings that its expressions were compiled for and that
 * triggers, batches and checks run with
 * @param keptBy who keeps both structures in step while the change is on its way
 * @param steps the steps of each phase in their order
 * @param obsolete the columns that the change takes from tables that stay
 * @param obsoleteTables the tables that it takes away
 * @param notes what people should know before they run it: what does not arrive at the
 * new structure, what else is affected
 */
public record Plan(String change, Settings settings, KeptBy keptBy, Map<Phase, List<Step>> steps,
		List<ColumnPlace> obsolete, List<TableName> obsoleteTables, List<String> notes) {

	/**
	 * The transaction-local setting by which a batch says that it is one: the id of its
	 * change.
	 */
	public static final String BATCH_SETTING = "concertina.batch";

	public Plan {
		EnumMap<Phase, List<Step>> copy = new EnumMap<>(Phase.class);
		for (Phase phase : Phase.values()) {
			copy.put(phase, List.copyOf(steps.getOrDefault(phase, List.of())));
		}
		steps = Collections.unmodifiableMap(copy);
		obsolete = List.copyOf(obsolete);
		obsoleteTables = List.copyOf(obsoleteTables);
		notes = List.copyOf(notes);
	}

	/**
	 * Return what an error of our triggers says of itself: it is known by it.
	 * @param change the id of the change
	 * @return the end of a sentence
	 */
	public static String outOfSight(String change) {
		return "which change %s has taken out of sight".formatted(change);
	}

	/**
	 * Start to collect the steps of a change.
	 * @param change the id of the change
	 * @param settings the session settings that its expressions are compiled for
	 * @param keptBy who keeps both structures in step
	 * @param functions where the functions of its triggers are
	 * @return a builder
	 */
	public static PlanBuilder of(String change, Settings settings, KeptBy keptBy, StateSchemaName functions) {
		return new PlanBuilder(change, settings, keptBy, functions);
	}

	/**
	 * Return the steps of a phase.
	 * @param phase the phase
	 * @return its steps in their order
	 */
	public List<Step> steps(Phase phase) {
		return this.steps.getOrDefault(phase, List.of());
	}

	/**
	 * Return whether nothing is left to do after the phases that run at startup.
	 * @return {@code true} if no later phase has a step
	 */
	public boolean isDoneAfterStartup() {
		return this.steps.entrySet()
			.stream()
			.allMatch((phase) -> phase.getKey().isStartup() || phase.getValue().isEmpty());
	}

	/**
	 * Return whether the application writes both structures, so that only one of them is
	 * complete where an instance does not.
	 * @return {@code true} if no trigger does it
	 */
	public boolean isKeptByApplication() {
		return this.keptBy == KeptBy.APPLICATION;
	}

	/**
	 * Return the tables whose rows are copied or compared in the order of the key that
	 * they have, as the step names none.
	 * @return the qualified names
	 */
	public Set<TableName> tablesByKey() {
		return this.steps.values()
			.stream()
			.flatMap(List::stream)
			.flatMap(Plan::tablesByKey)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static Stream<TableName> tablesByKey(Step step) {
		RowOrder own = RowOrder.ofKey();
		if (step instanceof Backfill copy && copy.order().equals(own)) {
			return Stream.of(copy.source());
		}
		return (step instanceof Check check && check.order().equals(own)) ? Stream.of(check.source()) : Stream.empty();
	}

	/**
	 * Return the tables that the steps read or change.
	 * @return the qualified names, a parent before its children
	 */
	public Set<TableName> tables() {
		return this.steps.values()
			.stream()
			.flatMap(List::stream)
			.flatMap(Plan::tables)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static Stream<TableName> tables(Step step) {
		if (step instanceof Backfill backfill) {
			return Stream.of(backfill.source());
		}
		return (step instanceof Check check) ? Stream.of(check.source()) : step.locks().stream().map(TableLock::table);
	}

	/**
	 * Return the tasks that the backfill calls.
	 * @return their names, none if SQL does all
	 */
	public Set<String> tasks() {
		return steps(Phase.BACKFILL).stream().flatMap((step) -> step.tasks().stream()).collect(Collectors.toSet());
	}

	/**
	 * Return the fingerprint of the compiled form.
	 * @return the fingerprint
	 */
	public Fingerprint fingerprint() {
		return Fingerprint.of(CanonicalJson.write(this));
	}

}
