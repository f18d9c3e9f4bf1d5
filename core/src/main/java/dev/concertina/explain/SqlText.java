package dev.concertina.explain;

import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.concertina.plan.Phase;
import dev.concertina.plan.Step;

/**
 * A plan as SQL with comments.
 */
final class SqlText {

	private final Explanation explanation;

	private final StringBuilder text = new StringBuilder();

	SqlText(Explanation explanation) {
		this.explanation = explanation;
	}

	String text() {
		comment("Change " + this.explanation.plan().change());
		comment(this.explanation.lockRule());
		comment("Compiled for " + new TreeMap<>(this.explanation.plan().settings().values()));
		this.explanation.plan().notes().forEach((note) -> comment("Note: " + note));
		for (Phase phase : Phase.values()) {
			add(phase, this.explanation.plan().steps(phase));
		}
		return this.text.toString();
	}

	private void add(Phase phase, List<Step> steps) {
		if (steps.isEmpty()) {
			return;
		}
		this.text.append('\n');
		comment("%s. %s".formatted(phase, PhaseText.when(this.explanation.plan(), phase)));
		for (int number = 0; number < steps.size(); number++) {
			Step step = steps.get(number);
			Impact impact = new Impact(step);
			this.text.append('\n');
			comment("%d. %s".formatted(number + 1, step.description()));
			comment("   Lock: " + impact.lock(UnaryOperator.identity()));
			impact.sql().forEach((statement) -> this.text.append(statement.strip()).append(";\n"));
			undo(impact);
		}
	}

	private void undo(Impact impact) {
		if (!impact.irrevocable().isEmpty()) {
			comment(impact.irrevocable());
		}
		if (!impact.undo().isEmpty()) {
			comment(impact.undo()
				.stream()
				.map((statement) -> statement.strip() + ";")
				.collect(Collectors.joining("\n", "Undo:\n", "")));
		}
	}

	private void comment(String comment) {
		this.text.append(SqlComment.of(comment));
	}

}
