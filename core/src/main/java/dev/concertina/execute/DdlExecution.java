package dev.concertina.execute;

import java.sql.Connection;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.StopSignal;

/**
 * Runs the statements of one step on a connection.
 */
public final class DdlExecution {

	private final LockRetry locks;

	/**
	 * Make an execution.
	 * @param locks how locks are asked for
	 */
	public DdlExecution(LockRetry locks) {
		this.locks = locks;
	}

	/**
	 * Run a step while its change stays in its state.
	 * @param connection the connection, in a transaction if the step is transactional
	 * @param change the change
	 * @param step the step
	 * @param stop when to give up
	 * @throws StateMovedException if the change is in another state
	 */
	public void run(Connection connection, ChangeRecord change, Ddl step, StopSignal stop) {
		JdbcTemplate jdbc = Database.on(connection);
		StateStore store = StateStore.jdbc(jdbc);
		requireState(store.isIn(change.id(), change.state()), change);
		if (step.mode() != Ddl.Mode.CONCURRENT) {
			Database.setLocal(jdbc, change.plan().settings().values());
			this.locks.run(connection, change.id(), step.locks(), step.sql(), stop);
			// last, so that a long statement keeps nobody from stopping the change
			requireState(step.destructive() ? store.markDropped(change.id(), change.state())
					: store.hold(change.id(), change.state()), change);
		}
		else {
			if (step.destructive()) {
				requireState(store.markDropped(change.id(), change.state()), change);
			}
			attempt(jdbc, step);
			if (!store.isIn(change.id(), change.state())) {
				Database.withoutTimeouts(jdbc, step.cleanup());
				throw new StateMovedException(change);
			}
		}
	}

	/**
	 * What a failed attempt leaves is taken away at once: an invalid index slows writes
	 * down, and a unique one refuses them. If that fails too, the next attempt does it.
	 */
	private static void attempt(JdbcTemplate jdbc, Ddl step) {
		try {
			Database.withoutTimeouts(jdbc, Stream.concat(step.cleanup().stream(), step.sql().stream()).toList());
		}
		catch (RuntimeException ex) {
			try {
				Database.withoutTimeouts(jdbc, step.cleanup());
			}
			catch (RuntimeException again) {
				ex.addSuppressed(again);
			}
			throw ex;
		}
	}

	private static void requireState(boolean unmoved, ChangeRecord change) {
		if (!unmoved) {
			throw new StateMovedException(change);
		}
	}

}
