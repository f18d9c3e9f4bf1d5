package dev.concertina.execute;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.backfill.Backfiller;
import dev.concertina.chunk.SourceTables;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.TableName;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.throttle.StopSignal;

/**
 * Runs the statements of one step on a connection.
 */
public final class DdlExecution {

	private final StateSchemaName schema;

	private final LockRetry locks;

	private final Backfiller backfiller;

	/**
	 * Make an execution.
	 * @param schema where the state is
	 * @param locks how locks are asked for
	 * @param backfiller who knows what was copied
	 */
	public DdlExecution(StateSchemaName schema, LockRetry locks, Backfiller backfiller) {
		this.schema = schema;
		this.locks = locks;
		this.backfiller = backfiller;
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
		StateJdbc jdbc = StateJdbc.on(connection, this.schema);
		StateStore store = StateStore.jdbc(jdbc);
		requireState(store.isIn(change.id(), change.state()), change);
		if (step.mode() != Ddl.Mode.CONCURRENT) {
			Database.setLocal(jdbc, change.plan().settings().values());
			this.locks.run(connection, change.id(), step.locks(), (template) -> {
				if (step.retiring() || step.destructive()) {
					requireCopied(jdbc, change, step);
				}
				step.statements().forEach(template::execute);
			}, stop);
			// last, so that a long statement keeps nobody from stopping the change
			requireState(isKept(store, change, step), change);
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

	private static boolean isKept(StateStore store, ChangeRecord change, Ddl step) {
		if (step.destructive()) {
			return store.markDropped(change.id(), change.state());
		}
		return step.retiring() ? store.markRetired(change.id(), change.state())
				: store.hold(change.id(), change.state());
	}

	/**
	 * Under the locks of the step nothing is attached or renamed any more: the last
	 * moment to see that what is dropped was copied, and is what was meant. What is out
	 * of sight was seen before; its name may be that of the table that it follows.
	 */
	private void requireCopied(StateJdbc jdbc, ChangeRecord change, Ddl step) {
		SourceTables sources = SourceTables.of(jdbc, change.id());
		List<TableName> locked = step.locks()
			.stream()
			.map(TableLock::table)
			.filter((table) -> !sources.isRetired(table))
			.toList();
		locked.forEach(sources::requireSame);
		List<String> uncopied = this.backfiller.uncopied(jdbc, change.plan(), locked::contains);
		if (!uncopied.isEmpty()) {
			throw new ConcertinaException("%s was attached since the rows were copied".formatted(String
				.join(", ", uncopied)), (change.retiredAt() != null)
						? "Detach it, then resume the change; or roll it back: what is out of sight is not copied any more."
						: "Resume the change, which copies it first; if a part of the old structure is dropped already, detach it before.");
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
