package dev.concertina.plan;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.schema.TableName;

/**
 * Statements that change the structure.
 *
 * @param description what it does, for people
 * @param locks the locks that it needs, in the order in which the application takes them:
 * a parent before its children
 * @param sql the statements, run in their order
 * @param cleanup the statements that take away what a broken attempt has left; only a
 * step outside of transactions leaves something
 * @param undo the statements that take it back in a transaction
 * @param mode how its statements run
 * @param destructive whether it takes away what nothing brings back
 * @param retiring whether it takes an old structure out of sight, which its undo brings
 * back with all that was written since
 * @param follow the statements behind the others that let what is out of sight follow
 * what has taken its place
 */
public record Ddl(String description, List<TableLock> locks, List<String> sql, List<String> cleanup, List<String> undo,
		Mode mode, boolean destructive, boolean retiring, List<String> follow) implements Step {

	public Ddl {
		locks = List.copyOf(locks);
		sql = List.copyOf(sql);
		cleanup = List.copyOf(cleanup);
		undo = List.copyOf(undo);
		follow = List.copyOf(follow);
	}

	/**
	 * Make a step that retires nothing.
	 * @param description what it does, for people
	 * @param locks the locks that it needs
	 * @param sql the statements
	 * @param cleanup the statements that take away what a broken attempt has left
	 * @param undo the statements that take it back in a transaction
	 * @param mode how its statements run
	 * @param destructive whether it takes away what nothing brings back
	 */
	public Ddl(String description, List<TableLock> locks, List<String> sql, List<String> cleanup, List<String> undo,
			Mode mode, boolean destructive) {
		this(description, locks, sql, cleanup, undo, mode, destructive, false, List.of());
	}

	/**
	 * How statements run.
	 */
	public enum Mode {

		/**
		 * All in one transaction that short lock waits abort and retry. Under a lock that
		 * readers or writers wait for, they neither read nor write rows.
		 */
		TRANSACTIONAL,

		/** In such a transaction, where they write all rows of a small table anew. */
		REWRITING,

		/**
		 * Each by itself, as {@code CREATE INDEX CONCURRENTLY} needs it.
		 */
		CONCURRENT

	}

	/**
	 * Return all statements that are run.
	 * @return the statements in their order
	 */
	public List<String> statements() {
		return Stream.concat(this.sql.stream(), this.follow.stream()).toList();
	}

	/**
	 * Return how much is over once it has run.
	 * @return 0 for nothing, 1 if something is out of sight, 2 if it is gone
	 */
	int finality() {
		if (this.destructive) {
			return 2;
		}
		return this.retiring ? 1 : 0;
	}

	/**
	 * Return a transactional step of one statement.
	 * @param description what it does, for people
	 * @param lock the lock that it needs
	 * @param sql the statement
	 * @param undo the statement that takes it back
	 * @return the step
	 */
	public static Ddl of(String description, TableLock lock, String sql, String undo) {
		return of(description, List.of(lock), List.of(sql), List.of(undo));
	}

	/**
	 * Return a transactional step.
	 * @param description what it does, for people
	 * @param locks the locks that it needs
	 * @param sql the statements
	 * @param undo the statements that take it back
	 * @return the step
	 */
	public static Ddl of(String description, List<TableLock> locks, List<String> sql, List<String> undo) {
		return new Ddl(description, locks, sql, List.of(), undo, Mode.TRANSACTIONAL, false);
	}

	/**
	 * Return a transactional step that writes all rows of a small table anew.
	 * @param description what it does, for people
	 * @param lock the lock that it needs
	 * @param sql the statement
	 * @param undo the statement that takes it back
	 * @return the step
	 */
	public static Ddl rewriting(String description, TableLock lock, String sql, String undo) {
		return new Ddl(description, List.of(lock), List.of(sql), List.of(), List.of(undo), Mode.REWRITING, false);
	}

	/**
	 * Return a step outside of transactions.
	 * @param description what it does, for people
	 * @param table the table that it is about
	 * @param sql the statement
	 * @param cleanup the statements that take a broken attempt away
	 * @param undo the statements that take it back in a transaction
	 * @return the step
	 */
	public static Ddl concurrent(String description, TableName table, String sql, List<String> cleanup,
			List<String> undo) {
		return new Ddl(description, List.of(TableLock.besideWrites(table)), List.of(sql), cleanup, undo,
				Mode.CONCURRENT, false);
	}

	/**
	 * Return a transactional step that takes an old structure out of sight.
	 * @param description what it does, for people
	 * @param locks the locks that it needs
	 * @param sql the statements
	 * @param follow the statements behind them that let it follow what has taken its
	 * place
	 * @param undo the statements that bring it back
	 * @return the step
	 */
	public static Ddl retiring(String description, List<TableLock> locks, List<String> sql, List<String> follow,
			List<String> undo) {
		return new Ddl(description, locks, sql, List.of(), undo, Mode.TRANSACTIONAL, false, true, follow);
	}

	/**
	 * Return a transactional step that nothing takes back.
	 * @param description what it does, for people
	 * @param locks the locks that it needs
	 * @param sql the statements
	 * @return the step
	 */
	public static Ddl destructive(String description, List<TableLock> locks, List<String> sql) {
		return new Ddl(description, locks, sql, List.of(), List.of(), Mode.TRANSACTIONAL, true);
	}

	/**
	 * Return a step outside of transactions that nothing takes back, and that may be run
	 * again.
	 * @param description what it does, for people
	 * @param table the table that it is about
	 * @param sql the statement
	 * @return the step
	 */
	public static Ddl destructiveConcurrent(String description, TableName table, String sql) {
		return new Ddl(description, List.of(TableLock.besideWrites(table)), List.of(sql), List.of(), List.of(),
				Mode.CONCURRENT, true);
	}

}
