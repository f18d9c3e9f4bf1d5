package dev.concertina.explain;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;

/**
 * What a plan will do, told before it is done.
 *
 * @param plan the compiled change
 * @param lockTimeout how long a statement waits for a lock, and so everybody behind it
 */
public record Explanation(Plan plan, Duration lockTimeout) {

	/**
	 * Return the plan as SQL: each phase with its statements, and in comments what each
	 * step is for, which locks it takes, and what takes it back.
	 * @return a text that shows what is run; to run it is left to the engine
	 */
	public String sql() {
		return new SqlText(this).text();
	}

	/**
	 * Return the plan as the page that a reviewer reads: what to know before, what waits
	 * in each phase, what both versions of the application may do, and every step.
	 * @return a page in Markdown
	 */
	public String markdown() {
		return new MarkdownPage(this).page();
	}

	/**
	 * Return the notes and the steps, for a page that says the rest itself.
	 * @param heading what the headings of the phases begin with, such as {@code ###}
	 * @return a part of a page in Markdown
	 */
	public String markdown(String heading) {
		return new MarkdownPage(this).steps(heading);
	}

	/**
	 * Return the plan as JSON, in one form for one plan.
	 * @return what is stored with the change, indented
	 */
	public String json() {
		return CanonicalJson.pretty(this.plan);
	}

	/**
	 * Return the strongest lock on a whole table that a phase takes.
	 * @param phase the phase
	 * @return its mode, or nothing if the phase takes none
	 */
	public Optional<TableLock.Mode> strongestLock(Phase phase) {
		return this.plan.steps(phase)
			.stream()
			.flatMap((step) -> step.locks().stream())
			.map(TableLock::mode)
			.max(Comparator.naturalOrder());
	}

	String lockRule() {
		return "A lock on a table is waited for for at most %d ms, then asked for again later."
			.formatted(this.lockTimeout.toMillis());
	}

	@Override
	public String toString() {
		return this.plan.change();
	}

}
