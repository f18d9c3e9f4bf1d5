package dev.concertina.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.TableName;

/**
 * Collects the steps of a change.
 */
public final class PlanBuilder {

	private final String change;

	private final Settings settings;

	private final KeptBy keptBy;

	private final StateSchemaName functions;

	private final Claims claims = new Claims();

	private int operation;

	private int part;

	private boolean writableByApplication;

	private final EnumMap<Phase, List<Step>> steps = new EnumMap<>(Phase.class);

	private final List<Ddl> narrow = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private List<ColumnPlace> obsolete = List.of();

	private final List<TableName> obsoleteTables = new ArrayList<>();

	PlanBuilder(String change, Settings settings, KeptBy keptBy, StateSchemaName functions) {
		this.change = change;
		this.settings = settings;
		this.keptBy = keptBy;
		this.functions = functions;
	}

	/**
	 * Return the id of the change that is compiled.
	 * @return the id
	 */
	public String change() {
		return this.change;
	}

	/**
	 * Return who keeps both structures in step.
	 * @return the application only if all operations let it
	 */
	public KeptBy keptBy() {
		return this.keptBy;
	}

	/**
	 * Return where the functions of triggers are.
	 * @return the schema, in which nothing is the application's
	 */
	public StateSchemaName functions() {
		return this.functions;
	}

	/**
	 * Start the next operation, so that what it makes gets names of its own.
	 */
	public void nextOperation() {
		this.operation++;
		this.part = 0;
		this.writableByApplication = false;
		this.claims.next(this.operation);
	}

	/**
	 * Start the next part of an operation that does the same in several places, so that
	 * what each of them makes gets names of its own.
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
		return (this.part != 0) ? "%03d_%02d".formatted(this.operation, this.part) : "%03d".formatted(this.operation);
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
	public PlanBuilder expand(Ddl step) {
		return add(Phase.EXPAND, step);
	}

	/**
	 * Add triggers that synchronise a row at any write to it until it is copied, which no
	 * longer has to be asked, or costs less, when all are.
	 * @param step the step that creates them
	 * @param narrow the step at the end of the backfill
	 * @return this builder
	 */
	public PlanBuilder dualWrite(DualWrite step, Ddl narrow) {
		if (this.keptBy == KeptBy.TRIGGERS) {
			this.narrow.add(narrow);
		}
		return dualWrite(step);
	}

	/**
	 * Add triggers that fire at the same writes during the backfill and after it. An
	 * application that writes both structures needs none.
	 * @param step the step that creates them
	 * @return this builder
	 * @throws InvalidDefinitionException if the application shall write both, but can't
	 */
	public PlanBuilder dualWrite(DualWrite step) {
		if (this.keptBy == KeptBy.TRIGGERS) {
			return add(Phase.DUAL_WRITE, step);
		}
		if (!this.writableByApplication) {
			throw new InvalidDefinitionException(
					"Only triggers can keep both structures in step here: " + step.description(),
					"Remove 'keptBy', or make this operation a change of its own without it.");
		}
		return this;
	}

	/**
	 * Say that an application can write both structures of the operation: it sees both,
	 * under names that stay.
	 * @return this builder
	 */
	public PlanBuilder writableByApplication() {
		this.writableByApplication = true;
		return this;
	}

	/**
	 * Add the copy of existing rows.
	 * @param step the step
	 * @return this builder
	 */
	public PlanBuilder backfill(Backfill step) {
		return add(Phase.BACKFILL, step.in(order(step.order())));
	}

	/**
	 * Add what is made when the rows are in: an index, a constraint, statistics.
	 * @param step the step
	 * @return this builder
	 */
	public PlanBuilder afterBackfill(Ddl step) {
		return add(Phase.BACKFILL, step);
	}

	/**
	 * Add a proof of equality.
	 * @param step the step
	 * @return this builder
	 */
	public PlanBuilder verify(Check step) {
		return add(Phase.VERIFY, step.in(order(step.order())));
	}

	/**
	 * Without triggers a write that leaves both sides alone may take a row to another
	 * block, but not to another key.
	 */
	private RowOrder order(RowOrder given) {
		return (this.keptBy == KeptBy.APPLICATION) ? new RowOrder(true, given.key()) : given;
	}

	/**
	 * Add what happens to the old structure: first what validates, last what drops.
	 * Without triggers nothing that is out of sight follows, so it is not brought back.
	 * @param step the step
	 * @return this builder
	 */
	public PlanBuilder contract(Ddl step) {
		return add(Phase.CONTRACT, (this.keptBy == KeptBy.APPLICATION && step.retiring())
				? Ddl.destructive(step.description(), step.locks(), step.sql()) : step);
	}

	/**
	 * Add the step of the contract that does nothing but end the triggers; none where
	 * there are none.
	 * @param step the step
	 * @return this builder
	 */
	public PlanBuilder endDualWrite(Ddl step) {
		return (this.keptBy == KeptBy.TRIGGERS) ? contract(step) : this;
	}

	/**
	 * Say what is gone at the end.
	 * @param columns the columns that the change takes from tables that stay
	 * @return this builder
	 */
	public PlanBuilder obsolete(List<ColumnPlace> columns) {
		this.obsolete = columns;
		return this;
	}

	/**
	 * Say that a table is gone at the end, under its name and any other.
	 * @param table the qualified name
	 * @return this builder
	 */
	public PlanBuilder obsolete(TableName table) {
		this.obsoleteTables.add(table);
		return this;
	}

	/**
	 * Say what people should know before they run the plan.
	 * @param note a sentence
	 * @return this builder
	 */
	public PlanBuilder note(String note) {
		this.notes.add(note);
		return this;
	}

	private PlanBuilder add(Phase phase, Step step) {
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
				(phase, steps) -> (this.keptBy == KeptBy.APPLICATION)
						? LoneWrites.caughtUp(steps, this.steps.getOrDefault(Phase.VERIFY, List.of()))
						: Stream.concat(steps.stream(), this.narrow.stream()).toList());
		ordered.computeIfPresent(Phase.CONTRACT, (phase, unordered) -> destructiveLast(unordered));
		return new Plan(this.change, this.settings, this.keptBy, ordered, this.obsolete, this.obsoleteTables,
				this.notes);
	}

	/**
	 * All operations validate before the first one retires, and retire before the first
	 * one drops.
	 */
	private static List<Step> destructiveLast(List<Step> steps) {
		return steps.stream()
			.sorted(Comparator.comparingInt((step) -> (step instanceof Ddl ddl) ? ddl.finality() : 0))
			.toList();
	}

}
