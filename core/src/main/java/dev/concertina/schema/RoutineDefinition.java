package dev.concertina.schema;

/**
 * One statement that makes a function or a procedure.
 *
 * @param sql the statement; only a body from {@code BEGIN ATOMIC} to {@code END} may hold
 * a semicolon
 */
public record RoutineDefinition(String sql) {

	public RoutineDefinition {
		SqlTokens.ofRoutine(sql);
	}

}
