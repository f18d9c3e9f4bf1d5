package dev.concertina.explain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.concertina.plan.Phase;
import dev.concertina.plan.Step;

/**
 * A plan as a page in Markdown.
 */
final class MarkdownPage {

	private final Explanation explanation;

	MarkdownPage(Explanation explanation) {
		this.explanation = explanation;
	}

	String page() {
		return "# Change %s\n\n%s%s".formatted(Markdown.code(this.explanation.plan().change()), notes() + overview(),
				phases("##"));
	}

	String steps(String heading) {
		return notes() + phases(heading);
	}

	private String notes() {
		List<String> notes = this.explanation.plan().notes();
		if (notes.isEmpty()) {
			return "";
		}
		StringBuilder text = new StringBuilder("To know before it is run:\n\n");
		notes.forEach((note) -> text.append("- %s\n".formatted(Markdown.text(note))));
		return text.append('\n').toString();
	}

	private String overview() {
		StringBuilder text = new StringBuilder();
		text.append(Markdown.row("phase", "strongest lock", "the old version", "the new version"));
		text.append(Markdown.row("---", "---", "---", "---"));
		Stream.of(Phase.values())
			.filter((phase) -> !this.explanation.plan().steps(phase).isEmpty())
			.forEach((phase) -> text.append(overview(phase)));
		return text.append('\n').toString();
	}

	private String overview(Phase phase) {
		Conduct conduct = Conduct.of(this.explanation.plan(), phase);
		String lock = this.explanation.strongestLock(phase)
			.map((mode) -> "%s: %s".formatted(mode.sql(), Impact.whoWaits(mode).toLowerCase(Locale.ROOT)))
			.orElse("none on a table");
		return Markdown.row(phase.name(), lock, conduct.oldVersion(), conduct.newVersion());
	}

	private String phases(String heading) {
		StringBuilder text = new StringBuilder(this.explanation.lockRule() + "\n\n");
		for (Phase phase : Phase.values()) {
			List<Step> steps = this.explanation.plan().steps(phase);
			text.append("%s %s\n\n%s\n".formatted(heading, phase,
					steps.isEmpty() ? "Nothing to do." : PhaseText.when(this.explanation.plan(), phase)));
			for (int number = 0; number < steps.size(); number++) {
				text.append("\n**%d. %s**\n\n%s".formatted(number + 1, Markdown.text(steps.get(number).description()),
						step(new Impact(steps.get(number)))));
			}
			text.append((phase != Phase.CONTRACT) ? "\n" : "");
		}
		return text.toString();
	}

	private static String step(Impact impact) {
		String undo = impact.undo().isEmpty() ? "" : "\nUndo:\n\n" + Markdown.sql(impact.undo());
		String irrevocable = impact.irrevocable().isEmpty() ? "" : "\n" + impact.irrevocable() + "\n";
		return "Lock: %s\n\n%s%s%s".formatted(impact.lock(Markdown::code), Markdown.sql(impact.sql()), irrevocable,
				undo);
	}

}
