package dev.concertina.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Plan;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.Settings;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnPlace;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Compiles changes to plans, one operation after the other, and collects every problem.
 */
public final class PlanCompiler {

	private final List<Problem> problems = new ArrayList<>();

	private Schema schema;

	/**
	 * Compile against a structure.
	 * @param schema the structure that the first change finds
	 */
	public PlanCompiler(Schema schema) {
		this.schema = schema;
	}

	/**
	 * Return the plan of one change against a structure.
	 * @param definition the change
	 * @param schema the structure that it finds
	 * @return the plan
	 * @throws RefusedChangesException with every problem, if there is one
	 */
	public static Plan compile(Definition definition, Schema schema) {
		PlanCompiler compiler = new PlanCompiler(schema);
		Plan plan = compiler.add(definition);
		if (!compiler.problems.isEmpty()) {
			throw new RefusedChangesException(compiler.problems);
		}
		return plan;
	}

	/**
	 * Compile the next change against what the changes before have left.
	 * @param definition the change
	 * @return the plan; incomplete if there are problems
	 */
	public Plan add(Definition definition) {
		Schema before = this.schema;
		Settings settings = Settings.of(before.catalog().searchPath());
		PlanBuilder plan = Plan.of(definition.change().id().value(),
				(definition.change().userTriggers() == UserTriggers.BYPASS) ? settings.bypassingTriggers() : settings,
				definition.change().keptBy(), before.catalog().stateSchema());
		List<Operation> operations = definition.change().operations();
		for (int number = 0; number < operations.size(); number++) {
			plan.nextOperation();
			try {
				this.schema = operations.get(number).compile(this.schema, plan);
			}
			catch (RefusedChangesException ex) {
				int operation = number;
				ex.problems()
					.forEach((problem) -> this.problems
						.add(definition.problem(operation, problem.what(), problem.action())));
			}
			catch (ConcertinaException ex) {
				this.problems.add(definition.problem(number, String.valueOf(ex.getMessage()), ex.action()));
			}
		}
		TriggerBypass.objection(this.schema.catalog(), plan.build())
			.ifPresent((objection) -> this.problems.add(definition.problem(objection)));
		keyless(plan.build(), before).ifPresent((objection) -> this.problems.add(definition.problem(objection)));
		WriteNotes.of(this.schema.catalog(), plan.build()).forEach(plan::note);
		return plan.obsolete(obsolete(before, plan.build().tables())).build();
	}

	/**
	 * Without triggers rows are gone over by a key, and not by blocks.
	 */
	private Optional<InvalidDefinitionException> keyless(Plan plan, Schema before) {
		if (!plan.isKeptByApplication()) {
			return Optional.empty();
		}
		return plan.tablesByKey()
			.stream()
			.flatMap((name) -> this.schema.find(name).or(() -> before.find(name)).stream())
			.filter((table) -> table.primaryKey().isEmpty())
			.findFirst()
			.map((table) -> new InvalidDefinitionException(
					"Table %s has no primary key, by which its rows are gone over where the application keeps both structures"
						.formatted(table.name()),
					"Add one first, by addPrimaryKey in a change of its own, or remove 'keptBy'."));
	}

	private List<ColumnPlace> obsolete(Schema before, Set<TableName> tables) {
		return tables.stream()
			.flatMap((name) -> before.find(name).stream())
			.flatMap((table) -> obsolete(table).stream())
			.toList();
	}

	/**
	 * A table that is gone may have another name now.
	 */
	private List<ColumnPlace> obsolete(Table before) {
		return this.schema.find(before.name())
			.map((after) -> after.columns().stream().map(Column::name).collect(Collectors.toSet()))
			.map((kept) -> before.columns()
				.stream()
				.map(Column::name)
				.filter((column) -> !kept.contains(column))
				.map((column) -> new ColumnPlace(before.name(), column))
				.toList())
			.orElse(List.of());
	}

	/**
	 * Return what was found so far.
	 * @return the problems in the order of the definitions
	 */
	public List<Problem> problems() {
		return List.copyOf(this.problems);
	}

}
