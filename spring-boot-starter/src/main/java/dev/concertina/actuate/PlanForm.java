package dev.concertina.actuate;

import java.util.function.Function;

import dev.concertina.explain.Explanation;

/**
 * The forms in which the endpoint shows a plan.
 */
public enum PlanForm {

	/** A page for people. */
	MARKDOWN(Explanation::markdown),

	/** The statements, with comments. */
	SQL(Explanation::sql),

	/** What is stored with the change. */
	JSON(Explanation::json);

	private final Function<Explanation, String> text;

	PlanForm(Function<Explanation, String> text) {
		this.text = text;
	}

	String text(Explanation explanation) {
		return this.text.apply(explanation);
	}

}
