package dev.concertina.plan;

import java.util.List;

import dev.concertina.schema.TableName;

/**
 * Statements that change the structure.
 *
 * @param description what it does, for people
 * @param locks the locks that it needs, in the order in which the application takes them:
 * a parent before its children
 * @param sql the statements, run in their order
 * @param undo the statements that take it back, empty if nothing can
 * @param mode whether it runs inside a transaction
 */
public record Ddl(String description, List<TableLock> locks, List<String> sql, List<String> undo,
		Mode mode) implements Step {

	public Ddl {
		locks = List.copyOf(locks);
		sql = List.copyOf(sql);
		undo = List.copyOf(undo);
	}

	/**
	 * How statements relate to transactions.
	 */
	public enum Mode {

		/** All in one transaction that short lock waits abort and retry. */
		TRANSACTIONAL,

		/**
		 * Each by itself, as {@code CREATE INDEX CONCURRENTLY} needs it. What a broken
		 * attempt has left behind is taken away by the undo before each attempt.
		 */
		CONCURRENT

	}

	/**
	 * Return a transactional step.
	 * @param description what it does, for people
	 * @param lock the lock that it needs
	 * @param sql the statement
	 * @param undo the statement that takes it back
	 * @return the step
	 */
	public static Ddl of(String description, TableLock lock, String sql, String undo) {
		return new Ddl(description, List.of(lock), List.of(sql), List.of(undo), Mode.TRANSACTIONAL);
	}

	/**
	 * Return a step outside of transactions.
	 * @param description what it does, for people
	 * @param table the table that it is about
	 * @param sql the statement
	 * @param undo the statement that takes it, or a broken attempt of it, back
	 * @return the step
	 */
	public static Ddl concurrent(String description, TableName table, String sql, String undo) {
		return new Ddl(description, List.of(TableLock.besideWrites(table)), List.of(sql), List.of(undo),
				Mode.CONCURRENT);
	}

	/**
	 * Return a transactional step that nothing takes back.
	 * @param description what it does, for people
	 * @param locks the locks that it needs
	 * @param sql the statements
	 * @return the step
	 */
	public static Ddl irreversible(String description, List<TableLock> locks, List<String> sql) {
		return new Ddl(description, locks, sql, List.of(), Mode.TRANSACTIONAL);
	}

	/**
	 * Return whether the step can be taken back without losing anything.
	 * @return {@code false} for the drop
	 */
	public boolean isReversible() {
		return !this.undo.isEmpty();
	}

}
