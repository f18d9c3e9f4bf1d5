package dev.concertina.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.schema.TableName;

/**
 * A compiled change: the steps of each phase. Pure data, stored with the change, so that
 * a running change does not depend on code that is gone.
 *
 * @param change the id of the change
 * @param settings the session settings that its expressions were compiled for and that
 * triggers, batches and checks run with
 * @param steps the steps of each phase in their order
 * @param notes what people should know before they run it: what does not arrive at the
 * new structure, what else is affected
 */
public record Plan(String change, Settings settings, Map<Phase, List<Step>> steps, List<String> notes) {

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
		notes = List.copyOf(notes);
	}

	/**
	 * Start to collect the steps of a change.
	 * @param change the id of the change
	 * @param settings the session settings that its expressions are compiled for
	 * @return a builder
	 */
	public static Builder of(String change, Settings settings) {
		return new Builder(change, settings);
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

	/**
	 * Collects the steps of a change.
	 */
	public static final class Builder {

		private final String change;

		private final Settings settings;

		private final Claims claims = new Claims();

		private int operation;

		private int part;

		private final EnumMap<Phase, List<Step>> steps = new EnumMap<>(Phase.class);

		private final List<Ddl> narrow = new ArrayList<>();

		private final List<String> notes = new ArrayList<>();

		private Builder(String change, Settings settings) {
			this.change = change;
			this.settings = settings;
		}

		/**
		 * Return the id of the change that is compiled.
		 * @return the id
		 */
		public String change() {
			return this.change;
		}

		/**
		 * Start the next operation, so that what it makes gets names of its own.
		 */
		public void nextOperation() {
			this.operation++;
			this.part = 0;
			this.claims.next(this.operation);
		}

		/**
		 * Start the next part of an operation that does the same in several places, so
		 * that what each of them makes gets names of its own.
		 */
		public void nextPart() {
			this.part++;
		}

		/**
		 * Return the number of the operation that is compiled.
		 * @return 1 for the first one
		 */
		public int operation() {
			return this.operation;
		}

		/**
		 * Return what tells names of an operation, and of a part of it, apart.
		 * @return such as {@code 001}, and {@code 001_02} in its second part
		 */
		public String number() {
			return (this.part != 0) ? "%03d_%02d".formatted(this.operation, this.part)
					: "%03d".formatted(this.operation);
		}

		/**
		 * Return what the operations are about.
		 * @return the claims, on behalf of the operation that is compiled
		 */
		public Claims claims() {
			return this.claims;
		}

		/**
		 * Return the session settings that expressions are compiled for.
		 * @return the settings
		 */
		public Settings settings() {
			return this.settings;
		}

		/**
		 * Add a step that makes the new structure.
		 * @param step the step
		 * @return this builder
		 */
		public Builder expand(Ddl step) {
			return add(Phase.EXPAND, step);
		}

		/**
		 * Add triggers that synchronise a row at any write to it until it is copied,
		 * which no longer has to be asked, or costs less, when all are.
		 * @param step the step that creates them
		 * @param narrow the step at the end of the backfill
		 * @return this builder
		 */
		public Builder dualWrite(DualWrite step, Ddl narrow) {
			this.narrow.add(narrow);
			return dualWrite(step);
		}

		/**
		 * Add triggers that fire at the same writes during the backfill and after it.
		 * @param step the step that creates them
		 * @return this builder
		 */
		public Builder dualWrite(DualWrite step) {
			return add(Phase.DUAL_WRITE, step);
		}

		/**
		 * Add the copy of existing rows.
		 * @param step the step
		 * @return this builder
		 */
		public Builder backfill(Backfill step) {
			return add(Phase.BACKFILL, step);
		}

		/**
		 * Add what is made when the rows are in: an index, a constraint, statistics.
		 * @param step the step
		 * @return this builder
		 */
		public Builder afterBackfill(Ddl step) {
			return add(Phase.BACKFILL, step);
		}

		/**
		 * Add a proof of equality.
		 * @param step the step
		 * @return this builder
		 */
		public Builder verify(Check step) {
			return add(Phase.VERIFY, step);
		}

		/**
		 * Add what happens to the old structure: first what validates, last what drops.
		 * @param step the step
		 * @return this builder
		 */
		public Builder contract(Ddl step) {
			return add(Phase.CONTRACT, step);
		}

		/**
		 * Say what people should know before they run the plan.
		 * @param note a sentence
		 * @return this builder
		 */
		public Builder note(String note) {
			this.notes.add(note);
			return this;
		}

		private Builder add(Phase phase, Step step) {
			this.steps.computeIfAbsent(phase, (key) -> new ArrayList<>()).add(step);
			return this;
		}

		/**
		 * Return the plan. The triggers of all dual writes are narrowed at the end of the
		 * backfill.
		 * @return the plan with the steps added so far
		 */
		public Plan build() {
			EnumMap<Phase, List<Step>> ordered = new EnumMap<>(this.steps);
			ordered.computeIfPresent(Phase.BACKFILL,
					(phase, steps) -> Stream.concat(steps.stream(), this.narrow.stream()).toList());
			ordered.computeIfPresent(Phase.CONTRACT, (phase, unordered) -> destructiveLast(unordered));
			return new Plan(this.change, this.settings, ordered, this.notes);
		}

		/**
		 * All operations validate before the first one retires, and retire before the
		 * first one drops.
		 */
		private static List<Step> destructiveLast(List<Step> steps) {
			return steps.stream()
				.sorted(Comparator.comparingInt((step) -> (step instanceof Ddl ddl) ? ddl.finality() : 0))
				.toList();
		}

	}

}
