package dev.concertina.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.change.ChangeId;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.event.MigrationListener;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Blocker;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.SqlState;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;
import dev.concertina.throttle.StopSignal;

/**
 * Runs statements that lock tables without stopping the site.
 *
 * <p>
 * In one transaction:
 * <ol>
 * <li>Wait until no transaction that is open for long holds a lock on the tables: to ask
 * before would only make everybody else queue behind the question.</li>
 * <li>Set a savepoint, take all locks, and run the statements, with a short
 * {@code lock_timeout}: an eighth of the one that is set, then twice as long each time,
 * up to that. Most locks are free in a moment, and who queues up behind a question that
 * is not answered waits the less. All locks together are waited for for no longer than
 * the {@code deadlock_timeout}: whoever waits for the first of them while we wait for the
 * last one must not be the victim of the deadlock.</li>
 * <li>If a lock is not granted, or a deadlock is found, roll back to the savepoint, which
 * frees every lock, wait for a random time, and start again. It is longer than the
 * attempt was, the first time up to twice, then up to four times as long: who has queued
 * up behind an attempt must be served before the next one, or waits for two.</li>
 * <li>An autovacuum is asked to yield by a lock that keeps nobody else out.</li>
 * <li>When the budget is used up, raise, and name who holds the locks. Never try without
 * a timeout.</li>
 * </ol>
 */
public final class LockRetry {

	/** The attempt that is the first one to wait for as long as it may. */
	private static final int FULL_TIMEOUT = 4;

	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	/** A waiter cancels an autovacuum once it has waited for the deadlock timeout. */
	private static final String AUTOVACUUM_YIELDS = """
			SELECT set_config('lock_timeout', (setting::integer + 1000)::text, true)
			  FROM pg_catalog.pg_settings
			 WHERE name = 'deadlock_timeout'""";

	private final LockOptions options;

	private final MigrationListener listener;

	/**
	 * Make a retry.
	 * @param options the timeout and the budget
	 * @param listener who wants to know of locks that were not granted
	 */
	public LockRetry(LockOptions options, MigrationListener listener) {
		this.options = options;
		this.listener = listener;
	}

	/**
	 * Run statements in the transaction of a connection.
	 * @param connection the connection, in a transaction
	 * @param change the change that they are part of
	 * @param locks the locks that they need, in the order in which the application takes
	 * them
	 * @param statements the statements
	 * @param stop when to give up before the budget is used up
	 * @throws LockNotGrantedException if the locks were not granted within the budget
	 */
	public void run(Connection connection, ChangeId change, List<TableLock> locks, List<String> statements,
			StopSignal stop) {
		run(connection, change, locks, (jdbc) -> statements.forEach(jdbc::execute), stop);
	}

	/**
	 * Do something in the transaction of a connection.
	 * @param connection the connection, in a transaction
	 * @param change the change that it is part of
	 * @param locks the locks that it needs, in the order in which the application takes
	 * them
	 * @param work what to do once they are granted; begun again if it gets no lock
	 * @param stop when to give up before the budget is used up
	 * @throws LockNotGrantedException if the locks were not granted within the budget
	 */
	void run(Connection connection, ChangeId change, List<TableLock> locks, Consumer<JdbcTemplate> work,
			StopSignal stop) {
		JdbcTemplate jdbc = Database.on(connection);
		List<TableName> tables = locks.stream().map(TableLock::table).toList();
		List<TableLock> existing = locks.stream().filter((lock) -> exists(jdbc, lock)).toList();
		long start = System.nanoTime();
		// a validation works for as long as the table needs, whatever the role has set
		Database.setLocal(jdbc, Map.of("statement_timeout", "0"));
		for (int attempt = 1;; attempt++) {
			List<Blocker> blockers = awaitLongTransactions(jdbc, tables, start, stop);
			RuntimeException failure = null;
			if (blockers.isEmpty()) {
				List<String> asking = locks(existing, timeoutOf(attempt));
				failure = attempt(connection, jdbc, (template) -> {
					asking.forEach(template::execute);
					work.accept(template);
				});
				if (failure == null) {
					return;
				}
				blockers = Blocker.of(jdbc, tables, Duration.ZERO);
				this.listener.on(new LockTimedOut(change, attempt, blockers));
			}
			Duration spent = Duration.ofNanos(System.nanoTime() - start);
			if (spent.compareTo(this.options.budget()) > 0 || stop.isStopped()) {
				throw new LockNotGrantedException(change.value(), tables, attempt, spent, blockers, failure);
			}
			stop.pause(pauseAfter(attempt));
		}
	}

	/**
	 * All locks first, in the order of the application: a lock that is taken in another
	 * order invites a deadlock. Before anything that keeps others out comes the lock that
	 * keeps an autovacuum away: nobody stands in the queue behind it, so it can wait for
	 * as long as an autovacuum needs to yield.
	 */
	private static List<String> locks(List<TableLock> locks, Duration timeout) {
		List<String> statements = new ArrayList<>(List.of(AUTOVACUUM_YIELDS));
		locks.forEach((lock) -> statements.add(sql(TableLock.besideWrites(lock.table()))));
		statements.add("""
				SELECT set_config('lock_timeout', least(%d, greatest(setting::integer / %d, 1))::text, true)
				  FROM pg_catalog.pg_settings
				 WHERE name = 'deadlock_timeout'""".formatted(timeout.toMillis(), locks.size() + 1));
		locks.forEach((lock) -> statements.add(sql(lock)));
		return statements;
	}

	private static boolean exists(JdbcTemplate jdbc, TableLock lock) {
		return JdbcClient.create(jdbc)
			.sql("SELECT to_regclass(?) IS NOT NULL")
			.param(lock.table().quoted())
			.query(Boolean.class)
			.single();
	}

	private static String sql(TableLock lock) {
		return "LOCK TABLE %s IN %s MODE".formatted(lock.table().quoted(), lock.mode().sql());
	}

	private List<Blocker> awaitLongTransactions(JdbcTemplate jdbc, Collection<TableName> tables, long start,
			StopSignal stop) {
		long deadline = start + this.options.budget().toNanos();
		List<Blocker> blockers = longTransactions(jdbc, tables);
		while (!blockers.isEmpty() && !stop.isStopped() && System.nanoTime() < deadline) {
			stop.pause(LOOK_AGAIN);
			blockers = longTransactions(jdbc, tables);
		}
		return blockers;
	}

	private List<Blocker> longTransactions(JdbcTemplate jdbc, Collection<TableName> tables) {
		return Blocker.of(jdbc, tables, this.options.patience())
			.stream()
			.filter((blocker) -> !blocker.yields())
			.toList();
	}

	private static @Nullable RuntimeException attempt(Connection connection, JdbcTemplate jdbc,
			Consumer<JdbcTemplate> work) {
		try {
			Savepoint before = connection.setSavepoint();
			try {
				work.accept(jdbc);
				connection.releaseSavepoint(before);
				return null;
			}
			catch (RuntimeException ex) {
				if (!SqlState.isLockFailure(ex)) {
					throw ex;
				}
				connection.rollback(before);
				return ex;
			}
		}
		catch (SQLException ex) {
			throw new ConcertinaException("The connection failed: %s".formatted(ex.getMessage()),
					"Start again; nothing was changed in the database.", ex);
		}
	}

	private Duration timeoutOf(int attempt) {
		long timeout = this.options.timeout().toMillis() >> Math.max(FULL_TIMEOUT - attempt, 0);
		return Duration.ofMillis(Math.max(timeout, 1));
	}

	private Duration pauseAfter(int attempt) {
		long longest = timeoutOf(attempt).toMillis() << Math.min(attempt, 2);
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
	}

}
