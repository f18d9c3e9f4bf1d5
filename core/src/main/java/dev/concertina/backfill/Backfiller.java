package dev.concertina.backfill;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.chunk.ChunkTask;
import dev.concertina.chunk.ChunkWork;
import dev.concertina.chunk.ChunkWorkers;
import dev.concertina.chunk.Tally;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RangedSql;
import dev.concertina.plan.RowOrder;
import dev.concertina.plan.RowRange;
import dev.concertina.plan.Step;
import dev.concertina.plan.TaskCall;
import dev.concertina.schema.TableName;
import dev.concertina.throttle.StopSignal;

/**
 * Copies the existing rows of a change.
 *
 * <p>
 * A batch:
 * <ol>
 * <li>says by a transaction-local setting that it is one, which keeps the triggers of its
 * own change from firing, and those of no other change;</li>
 * <li>locks the source rows ({@code FOR NO KEY UPDATE}), so that no writer is between
 * reading and writing, or is itself the {@code UPDATE} of those rows;</li>
 * <li>writes what the new structure lacks, with a snapshot taken after the locks, so that
 * it sees what a writer it waited for has given the new side, and leaves it alone.</li>
 * </ol>
 * A batch that fails because of a row is halved until that row is alone; then the row is
 * set aside, and the others go on.
 */
public final class Backfiller {

	/** As the apply worker of a subscription writes. */
	private static final Map<String, String> NO_TRIGGERS = Map.of("session_replication_role", "replica");

	private final ChunkWorkers workers;

	private final int maxPoisonRows;

	private final BackfillTasks tasks;

	private final TransformPool pool;

	/**
	 * Copy with workers.
	 * @param workers the workers
	 * @param maxPoisonRows how many rows of a step that can't be copied are set aside;
	 * one more ends the run
	 * @param tasks what computes rows in Java
	 * @param options how they compute
	 */
	public Backfiller(ChunkWorkers workers, int maxPoisonRows, BackfillTasks tasks, TaskOptions options) {
		this.workers = workers;
		this.maxPoisonRows = maxPoisonRows;
		this.tasks = tasks;
		this.pool = new TransformPool(options);
	}

	/**
	 * Make sure that this instance can copy the rows of a change.
	 * @param plan the plan of the change
	 * @throws MissingTaskException if it lacks a task
	 */
	public void requireTasks(Plan plan) {
		this.tasks.require(plan.tasks());
	}

	/**
	 * Copy until every row is copied.
	 * @param plan the plan of the change
	 * @param step the number of the step in its phase
	 * @param backfill the step
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether every row is copied, or set aside
	 */
	public boolean run(Plan plan, int step, Backfill backfill, WorkerOptions options, StopSignal stop) {
		return this.workers.run(task(plan, step, backfill), options, stop);
	}

	/**
	 * Copy again what a comparison has found to differ, if somebody has asked for it.
	 * @param plan the plan of the change
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether nothing is left to be copied again
	 */
	public boolean repair(Plan plan, WorkerOptions options, StopSignal stop) {
		List<Step> checks = plan.steps(Phase.VERIFY);
		for (int number = 0; number < checks.size(); number++) {
			if (checks.get(number) instanceof Check check && !check.repair().isEmpty()) {
				ChunkTask task = task(plan, ChunkStore.repairOf(plan, number), check.source(), check.order(), false,
						work(check.repair(), check.task()));
				if (!this.workers.runPlanned(task, options, stop)) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Return what was attached to the tables of a change since they were copied. Nothing
	 * has copied its rows.
	 * @param jdbc the template of the database, or of a transaction
	 * @param plan the plan of the change
	 * @param concerned which tables to look at
	 * @return the quoted names of leaf partitions
	 */
	public List<String> uncopied(StateJdbc jdbc, Plan plan, Predicate<TableName> concerned) {
		List<Step> steps = plan.steps(Phase.BACKFILL);
		return IntStream.range(0, steps.size())
			.filter((step) -> steps.get(step) instanceof Backfill backfill && concerned.test(backfill.source()))
			.mapToObj((step) -> task(plan, step, (Backfill) steps.get(step)))
			.flatMap((task) -> this.workers.unplanned(jdbc, task).stream())
			.distinct()
			.toList();
	}

	private ChunkTask task(Plan plan, int step, Backfill backfill) {
		return task(plan, step, backfill.source(), backfill.order(), backfill.isInPlace(),
				work(backfill.statements(), backfill.task()));
	}

	private ChunkTask task(Plan plan, int step, TableName source, RowOrder order, boolean inPlace, ChunkWork work) {
		Map<String, String> settings = new TreeMap<>(plan.settings().values());
		settings.put(Plan.BATCH_SETTING, plan.change());
		if (plan.settings().bypassesTriggers()) {
			settings.putAll(NO_TRIGGERS);
		}
		return new ChunkTask(ChangeId.of(plan.change()), Phase.BACKFILL, step, source, order, inPlace, settings, work,
				this.maxPoisonRows);
	}

	private ChunkWork work(List<RangedSql> statements, @Nullable TaskCall call) {
		if (call == null) {
			return (jdbc, relation, range) -> copy(statements, jdbc, relation, range);
		}
		return (jdbc, relation, range) -> TaskBatch.of(this.tasks.get(call.task()), call, statements, this.pool)
			.run(jdbc, relation, range);
	}

	private static Tally copy(List<RangedSql> statements, JdbcTemplate jdbc, String relation, RowRange range) {
		Iterator<RangedSql> next = statements.iterator();
		RangedSql statement = next.next();
		while (next.hasNext()) {
			jdbc.execute(statement.sql(relation, range));
			statement = next.next();
		}
		return Tally.copied(jdbc.update(statement.sql(relation, range)));
	}

}
