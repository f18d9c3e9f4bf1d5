package dev.concertina.execute;

import java.sql.Connection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.throttle.StopSignal;

/**
 * Compiles a change when its turn has come, and runs the phases that only touch metadata:
 * all of them, and the memory of it, in one transaction.
 */
public final class StartupPhases {

	private final LockRetry locks;

	/**
	 * Make the phases.
	 * @param locks how locks are asked for
	 */
	public StartupPhases(LockRetry locks) {
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
		JdbcTemplate jdbc = Database.on(connection);
		Change change = definition.change();
		StateStore store = StateStore.jdbc(jdbc);
		if (store.find(change.id()).isPresent()) {
			return;
		}
		Plan plan = PlanCompiler.compile(definition, Schema.of(new JdbcCatalog(jdbc)));
		refuseOverlap(change, plan, store.all());
		List<Step> steps = Stream.concat(plan.steps(Phase.EXPAND).stream(), plan.steps(Phase.DUAL_WRITE).stream())
			.toList();
		List<String> statements = steps.stream().flatMap((step) -> statements(step).stream()).toList();
		this.locks.run(connection, change.id(), locks(steps), statements, stop);
		store.add(change, plan, plan.isDoneAfterStartup() ? new State(Phase.CONTRACT, Status.COMPLETED)
				: State.running(Phase.BACKFILL));
	}

	private static void refuseOverlap(Change change, Plan plan, List<ChangeRecord> others) {
		for (ChangeRecord other : others) {
			if (!other.state().status().isFinal() && !Collections.disjoint(other.plan().tables(), plan.tables())) {
				Set<TableName> common = new LinkedHashSet<>(plan.tables());
				common.retainAll(other.plan().tables());
				throw new ConcertinaException(
						"Change '%s' is about %s, which change '%s' is still working on (%s)".formatted(change.id(),
								common, other.id(), other.state()),
						"Let '%s' contract or roll it back, then start again.".formatted(other.id()));
			}
		}
	}

	private static List<TableLock> locks(List<Step> steps) {
		Map<TableName, TableLock> strongest = new LinkedHashMap<>();
		steps.stream()
			.flatMap((step) -> step.locks().stream())
			.forEach((lock) -> strongest.merge(lock.table(), lock, TableLock::strongest));
		return List.copyOf(strongest.values());
	}

	private static List<String> statements(Step step) {
		return (step instanceof DualWrite dualWrite) ? dualWrite.sql() : ((Ddl) step).sql();
	}

}
