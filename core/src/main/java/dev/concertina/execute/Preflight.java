package dev.concertina.execute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.concertina.backfill.BackfillTasks;
import dev.concertina.backfill.MissingTaskException;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;

/**
 * Refuses changes before anything is touched, with all problems at once.
 */
public final class Preflight {

	private final StateJdbc jdbc;

	private final BackfillTasks tasks;

	/**
	 * Check against a database.
	 * @param jdbc the template of the database
	 * @param tasks what computes rows in Java
	 */
	public Preflight(StateJdbc jdbc, BackfillTasks tasks) {
		this.jdbc = jdbc;
		this.tasks = tasks;
	}

	/**
	 * Refuse what can't be run.
	 * @param all all changes of the application
	 * @param next the changes that come before any other migration, in their order, so
	 * that they can be compiled now
	 * @param oneByOne whether each of them comes to its end before the next one begins
	 * @throws RefusedChangesException with every problem, if there is one
	 */
	public void check(List<Definition> all, List<Definition> next, boolean oneByOne) {
		compile(all, next, oneByOne);
	}

	/**
	 * Compile what has not run yet, as if its turn had come, and change nothing.
	 * @param all all changes of the application
	 * @return the plans of those that have not run, in the order of their versions
	 * @throws RefusedChangesException with every problem, if there is one
	 */
	public List<Plan> dryRun(List<Definition> all) {
		return compile(all,
				all.stream().sorted(Comparator.comparing((definition) -> definition.change().version())).toList(),
				true);
	}

	private List<Plan> compile(List<Definition> all, List<Definition> next, boolean oneByOne) {
		Map<ChangeId, ChangeRecord> known = known();
		PlanCompiler compiler = new PlanCompiler(Schema.of(new JdbcCatalog(this.jdbc, this.jdbc.schema())));
		List<Problem> problems = new ArrayList<>(edited(all, known));
		problems.addAll(withoutTask(all, known));
		List<Plan> plans = new ArrayList<>();
		for (Definition definition : next) {
			if (!known.containsKey(definition.change().id())) {
				Plan plan = compiler.add(definition);
				Overlap.withRunning(plan, List.copyOf(known.values()))
					.or(() -> oneByOne ? Optional.empty() : Overlap.withPending(plan, plans))
					.ifPresent((objection) -> problems.add(definition.problem(objection)));
				plans.add(plan);
			}
		}
		problems.addAll(compiler.problems());
		if (!problems.isEmpty()) {
			throw new RefusedChangesException(problems);
		}
		return plans;
	}

	private Map<ChangeId, ChangeRecord> known() {
		Map<ChangeId, ChangeRecord> known = new HashMap<>();
		if (StateStore.isInstalled(this.jdbc)) {
			StateStore.jdbc(this.jdbc).all().forEach((change) -> known.put(change.id(), change));
		}
		return known;
	}

	private List<Problem> withoutTask(List<Definition> all, Map<ChangeId, ChangeRecord> known) {
		List<Problem> problems = new ArrayList<>();
		for (Definition definition : all) {
			ChangeRecord change = known.get(definition.change().id());
			if (change != null && change.state().status().isFinal()) {
				continue;
			}
			try {
				definition.change().operations().forEach((operation) -> this.tasks.require(operation.requiredTasks()));
			}
			catch (MissingTaskException ex) {
				problems.add(definition.problem(ex));
			}
		}
		return problems;
	}

	private static List<Problem> edited(List<Definition> all, Map<ChangeId, ChangeRecord> known) {
		List<Problem> problems = new ArrayList<>();
		for (Definition definition : all) {
			ChangeRecord change = known.get(definition.change().id());
			if (change != null && !change.fingerprint().equals(definition.change().fingerprint())) {
				problems.add(new Problem(definition.origin(),
						"Change '%s' was edited after it was run (%s): fingerprint %.8s is now %.8s".formatted(
								change.id(), change.state(), change.fingerprint(), definition.change().fingerprint()),
						"Restore the file as it was, and write what shall be different as a new change"));
			}
		}
		return problems;
	}

}
