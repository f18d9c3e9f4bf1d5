package dev.concertina.execute;

import java.util.ArrayList;
import java.util.List;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.throttle.StopSignal;

/**
 * Takes the new structure away. The old one was in step all the time, so no row is lost.
 *
 * <p>
 * What was done is undone, last first, in one transaction with the transition. A step
 * outside of transactions may have come to any point: its undo says {@code IF EXISTS}.
 */
public final class Rollback {

	/** It does not contract again until somebody says so. */
	static final State UNRETIRED = new State(Phase.CONTRACT, Status.PAUSED);

	static final String BROUGHT_BACK = "the old structure was brought back; resume it to let it contract again";

	private static final String ACTOR = "concertina";

	private final Database database;

	private final DdlRunner ddl;

	private final LockRetry locks;

	/**
	 * Make a rollback.
	 * @param database the database
	 * @param ddl who knows which steps were run
	 * @param locks how locks are asked for
	 */
	public Rollback(Database database, DdlRunner ddl, LockRetry locks) {
		this.database = database;
		this.ddl = ddl;
		this.locks = locks;
	}

	/**
	 * Undo a change.
	 * @param change the change, which is rolling back
	 * @param stop when to give up; it goes on at the next start
	 * @return whether this call has finished it
	 */
	public boolean run(ChangeRecord change, StopSignal stop) {
		return this.database.inTransaction((jdbc) -> {
			StateStore store = StateStore.jdbc(jdbc);
			if (!store.transition(change.id(), change.state(), change.state().with(Status.ROLLED_BACK), ACTOR, null)) {
				return false;
			}
			List<TableLock> all = change.plan().tables().stream().map(TableLock::exclusive).toList();
			run(jdbc, change, all, undo(change), stop);
			return true;
		});
	}

	/**
	 * Bring an old structure back that is out of sight. What retired it is forgotten, as
	 * it may be retired again.
	 * @param change the change, which is unretiring
	 * @param stop when to give up; it goes on at the next start
	 * @return whether this call has finished it
	 */
	public boolean unretire(ChangeRecord change, StopSignal stop) {
		return this.database.inTransaction((jdbc) -> {
			if (!StateStore.jdbc(jdbc).transition(change.id(), change.state(), UNRETIRED, ACTOR, BROUGHT_BACK)) {
				return false;
			}
			List<Step> steps = change.plan().steps(Phase.CONTRACT);
			List<TableLock> all = new ArrayList<>();
			List<String> statements = new ArrayList<>();
			for (int number = steps.size() - 1; number >= 0; number--) {
				if (steps.get(number) instanceof Ddl step && step.retiring()) {
					all.addAll(step.locks());
					statements.addAll(undo(change, Phase.CONTRACT, number, step));
					this.ddl.forget(jdbc, change, Phase.CONTRACT, number, step);
				}
			}
			run(jdbc, change, all.stream().distinct().toList(), statements, stop);
			return true;
		});
	}

	private void run(JdbcTemplate jdbc, ChangeRecord change, List<TableLock> tables, List<String> statements,
			StopSignal stop) {
		jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
			Database.setLocal(jdbc, change.plan().settings().values());
			this.locks.run(connection, change.id(), tables, statements, stop);
			return true;
		});
	}

	private List<String> undo(ChangeRecord change) {
		List<String> statements = new ArrayList<>();
		Phase[] phases = Phase.values();
		for (int phase = phases.length - 1; phase >= 0; phase--) {
			List<Step> steps = change.plan().steps(phases[phase]);
			for (int number = steps.size() - 1; number >= 0; number--) {
				statements.addAll(undo(change, phases[phase], number, steps.get(number)));
			}
		}
		return statements;
	}

	private List<String> undo(ChangeRecord change, Phase phase, int number, Step step) {
		if (step instanceof DualWrite dualWrite) {
			return dualWrite.drop();
		}
		if (step instanceof Ddl single && (phase.isStartup() || single.mode() == Ddl.Mode.CONCURRENT
				|| this.ddl.isDone(change, phase, number, single))) {
			return single.undo();
		}
		return List.of();
	}

}
