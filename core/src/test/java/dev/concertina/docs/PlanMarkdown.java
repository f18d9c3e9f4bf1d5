package dev.concertina.docs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RowRange;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;

/**
 * A plan as a part of a page: every step with its locks, its SQL, and what takes it back.
 */
final class PlanMarkdown {

	private static final RowRange RANGE = RowRange.of("source.ctid >= '(0,0)'::tid AND source.ctid < '(64,0)'::tid");

	private PlanMarkdown() {
	}

	static String of(String table, Plan plan) {
		StringBuilder text = new StringBuilder(
				"<!-- by OperationPagesIntegrationTests; -Dconcertina.docs.write=true makes it anew -->\n\n");
		text.append("Compiled for this table:\n\n").append(sql(List.of(table)));
		for (Phase phase : Phase.values()) {
			text.append("\n### %s\n\n%s\n".formatted(phase, who(phase)));
			List<Step> steps = plan.steps(phase);
			if (steps.isEmpty()) {
				text.append("\nNothing to do.\n");
			}
			for (int number = 0; number < steps.size(); number++) {
				text.append("\n**%d. %s**\n\n%s".formatted(number + 1, steps.get(number).description(),
						of(steps.get(number))));
			}
		}
		return text.append("\n").toString();
	}

	private static String who(Phase phase) {
		return switch (phase) {
			case EXPAND -> "At startup, by Flyway, in one transaction with DUAL_WRITE.";
			case DUAL_WRITE -> "At startup, in the transaction of EXPAND.";
			case BACKFILL -> "In the background, step after step.";
			case VERIFY -> "In the background, range after range.";
			case CONTRACT -> "In the background, once the gate lets it.";
		};
	}

	private static String of(Step step) {
		if (step instanceof Ddl ddl) {
			return locks(ddl) + "\n" + sql(ddl.sql()) + undo(ddl.undo());
		}
		if (step instanceof DualWrite dualWrite) {
			return locks(dualWrite.locks()) + "\n" + sql(dualWrite.sql()) + undo(dualWrite.drop());
		}
		if (step instanceof Backfill backfill) {
			return "Lock: rows of its range, until its batch commits.\n\n" + sql(backfill.statements()
				.stream()
				.map((statement) -> statement.sql(backfill.source().quoted(), RANGE))
				.toList());
		}
		Check check = (Check) step;
		return "Lock: none that a reader or a writer waits for.\n\n"
				+ sql(List.of(check.comparison().sql(check.source().quoted(), RANGE)));
	}

	private static String locks(Ddl ddl) {
		String tables = locks(ddl.locks());
		return (ddl.mode() == Ddl.Mode.TRANSACTIONAL) ? tables
				: tables.stripTrailing() + " Outside of a transaction: nothing is locked beforehand.\n";
	}

	private static String locks(List<TableLock> locks) {
		String all = locks.stream()
			.map((lock) -> "%s on `%s`".formatted(lock.mode().sql(), lock.table()))
			.collect(Collectors.joining(", "));
		return "Lock: %s.\n".formatted(all.isEmpty() ? "none, the table is new" : all);
	}

	private static String undo(List<String> statements) {
		return statements.isEmpty() ? "" : "\nUndo:\n\n" + sql(statements);
	}

	private static String sql(List<String> statements) {
		return Stream
			.of("```sql",
					statements.stream()
						.map((statement) -> statement.strip().replaceAll("[ \\t]+(?=\n)", "") + ";")
						.collect(Collectors.joining("\n")),
					"```")
			.collect(Collectors.joining("\n", "", "\n"));
	}

}
