package dev.concertina.execute;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.chunk.SourceTables;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.schema.TableName;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.throttle.StopSignal;

/**
 * Compiles a change when its turn has come, and runs the phases that only touch metadata:
 * all of them, and the memory of it, in one transaction.
 */
public final class StartupPhases {

	private final StateSchemaName schema;

	private final LockRetry locks;

	/**
	 * Make the phases.
	 * @param schema where the state is
	 * @param locks how locks are asked for
	 */
	public StartupPhases(StateSchemaName schema, LockRetry locks) {
		this.schema = schema;
		this.locks = locks;
	}

	/**
	 * Compile a change against the structure as it is, and run expand and dual-write. A
	 * change that was expanded before is left as it is: Flyway commits its history after
	 * the migration, and what dies in between is migrated again.
	 * @param connection the connection, in a transaction
	 * @param definition the change
	 * @param stop when to give up
	 */
	public void run(Connection connection, Definition definition, StopSignal stop) {
		StateJdbc jdbc = StateJdbc.on(connection, this.schema);
		Change change = definition.change();
		StateStore store = StateStore.jdbc(jdbc);
		if (store.find(change.id()).isPresent()) {
			return;
		}
		Plan plan = PlanCompiler.compile(definition, Schema.of(new JdbcCatalog(jdbc, this.schema)));
		Overlap.withRunning(plan, store.all()).ifPresent((objection) -> {
			throw objection;
		});
		List<Step> steps = Stream.concat(plan.steps(Phase.EXPAND).stream(), plan.steps(Phase.DUAL_WRITE).stream())
			.toList();
		List<String> statements = steps.stream().flatMap((step) -> statements(step).stream()).toList();
		this.locks.run(connection, change.id(), locks(plan), statements, stop);
		store.add(change, plan, next(plan));
		SourceTables.of(jdbc, change.id()).remember(plan);
	}

	/**
	 * Triggers carry every write from now on. An application does when all its instances
	 * know of it.
	 */
	private static State next(Plan plan) {
		if (plan.isKeptByApplication()) {
			return State.running(Phase.DUAL_WRITE);
		}
		return plan.isDoneAfterStartup() ? new State(Phase.CONTRACT, Status.COMPLETED) : State.running(Phase.BACKFILL);
	}

	/**
	 * In the order of the dual writes, which is that of an application: what an earlier
	 * step needs must not turn it round.
	 */
	private static List<TableLock> locks(Plan plan) {
		Map<TableName, TableLock> strongest = new LinkedHashMap<>();
		Stream.concat(plan.steps(Phase.DUAL_WRITE).stream(), plan.steps(Phase.EXPAND).stream())
			.flatMap((step) -> step.locks().stream())
			.forEach((lock) -> strongest.merge(lock.table(), lock, TableLock::strongest));
		return List.copyOf(strongest.values());
	}

	private static List<String> statements(Step step) {
		return (step instanceof DualWrite dualWrite) ? dualWrite.sql() : ((Ddl) step).sql();
	}

}
