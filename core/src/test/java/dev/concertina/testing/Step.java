package dev.concertina.testing;

import java.util.Arrays;
import java.util.List;

/**
 * One step of a session in an interleaving: what it does, and how messages call it.
 */
public record Step(String description, SqlWork work) {

	public static Step sql(String sql) {
		return new Step(sql, SqlWork.of(sql));
	}

	public static Step of(String description, SqlWork work) {
		return new Step(description, work);
	}

	/**
	 * Returns one step for each statement.
	 */
	public static List<Step> script(String... statements) {
		return Arrays.stream(statements).map(Step::sql).toList();
	}

}
