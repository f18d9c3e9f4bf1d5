package dev.concertina.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.change.ChangeVersion;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;

/**
 * A change as scripts for Flyway alone: what it has done to the structure and to the
 * rows, without what has kept both structures in step meanwhile.
 *
 * <p>
 * They copy all rows at once, so they are for databases that nobody uses yet, such as new
 * ones. Each step keeps the transaction that it had, unless all of them can be in one.
 */
public final class Ejection {

	private final Plan plan;

	private final List<Step> steps;

	/** What only removes triggers, which were not made. */
	private final Set<String> passing;

	private final boolean inTransaction;

	private Ejection(Plan plan) {
		this.plan = plan;
		this.passing = plan.steps(Phase.DUAL_WRITE)
			.stream()
			.flatMap((step) -> ((DualWrite) step).drop().stream())
			.collect(Collectors.toSet());
		this.steps = lasting(plan);
		this.inTransaction = this.steps.stream().noneMatch(Ejection::isConcurrent);
	}

	/**
	 * Return the scripts of a change.
	 * @param version the version of the change
	 * @param plan its plan
	 * @return the migration with its configuration, and what takes it back unless the
	 * change has dropped something
	 * @throws ConcertinaException if a task in Java computes rows
	 */
	public static List<FlywayScript> of(ChangeVersion version, Plan plan) {
		if (!plan.tasks().isEmpty()) {
			throw new ConcertinaException(
					"Change '%s' computes rows by %s in Java, which no script can do".formatted(plan.change(),
							plan.tasks()),
					"Keep the change; or write a Java migration of Flyway that computes them, and remove it.");
		}
		Ejection ejection = new Ejection(plan);
		String name = "%s__%s.sql".formatted(version, plan.change());
		List<FlywayScript> scripts = new ArrayList<>(files("V" + name, ejection.inTransaction, ejection.migration()));
		if (plan.steps(Phase.CONTRACT).stream().noneMatch((step) -> step instanceof Ddl ddl && ddl.destructive())) {
			scripts.addAll(files("U" + name, true, ejection.undo()));
		}
		return scripts;
	}

	/**
	 * Return the steps without the triggers, and without what narrows them at the end of
	 * the backfill.
	 */
	private List<Step> lasting(Plan plan) {
		Stream<Step> backfill = plan.steps(Phase.BACKFILL).stream().filter((step) -> !narrows(step));
		return Stream.of(plan.steps(Phase.EXPAND).stream(), backfill, plan.steps(Phase.CONTRACT).stream())
			.flatMap((steps) -> steps)
			.toList();
	}

	private boolean narrows(Step step) {
		return step instanceof Ddl ddl && !ddl.undo().isEmpty() && this.passing.containsAll(ddl.undo());
	}

	private static boolean isConcurrent(Step step) {
		return step instanceof Ddl ddl && ddl.mode() == Ddl.Mode.CONCURRENT;
	}

	private String migration() {
		StringBuilder text = new StringBuilder();
		for (Step step : this.steps) {
			String sql = sql(statements(step));
			boolean needsTransaction = !this.inTransaction && !isConcurrent(step) && !sql.isEmpty();
			add(text, step, needsTransaction ? "BEGIN;\n%sCOMMIT;\n".formatted(sql) : sql);
		}
		return script(text);
	}

	private String undo() {
		StringBuilder text = new StringBuilder();
		List<Step> lastFirst = new ArrayList<>(this.steps);
		Collections.reverse(lastFirst);
		lastFirst.forEach((step) -> add(text, step, (step instanceof Ddl ddl) ? sql(ddl.undo()) : ""));
		return script(text);
	}

	private static List<String> statements(Step step) {
		if (step instanceof Backfill backfill) {
			return backfill.statements()
				.stream()
				.map((statement) -> statement.sqlOfAll(backfill.source().quoted()))
				.toList();
		}
		return (step instanceof Ddl ddl) ? ddl.sql() : List.of();
	}

	private String sql(List<String> statements) {
		return statements.stream()
			.filter((statement) -> !this.passing.contains(statement))
			.map((statement) -> ended(statement.strip()))
			.collect(Collectors.joining());
	}

	/** A comment at the end must not take the semicolon in. */
	private static String ended(String statement) {
		boolean mayEndInComment = statement.substring(statement.lastIndexOf('\n') + 1).contains("--");
		return statement + (mayEndInComment ? "\n;\n" : ";\n");
	}

	private static void add(StringBuilder text, Step step, String sql) {
		text.append(sql.isEmpty() ? "" : "\n" + SqlComment.of(step.description()) + sql);
	}

	private String script(StringBuilder steps) {
		StringBuilder text = new StringBuilder(SqlComment.of("Made of the change " + this.plan.change()));
		this.plan.settings().statements().forEach((statement) -> text.append(statement).append(";\n"));
		text.append(steps).append('\n');
		new TreeMap<>(this.plan.settings().values()).keySet()
			.forEach((name) -> text.append("RESET %s;\n".formatted(name)));
		return text.toString();
	}

	private static List<FlywayScript> files(String name, boolean inTransaction, String text) {
		return List.of(new FlywayScript(name, text), new FlywayScript(name + ".conf",
				"executeInTransaction=%s\nplaceholderReplacement=false\n".formatted(inTransaction)));
	}

}
