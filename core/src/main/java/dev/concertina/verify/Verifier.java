package dev.concertina.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.chunk.ChunkTask;
import dev.concertina.chunk.ChunkWorkers;
import dev.concertina.chunk.Progress;
import dev.concertina.chunk.Tally;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RowRange;
import dev.concertina.plan.Step;
import dev.concertina.schema.Identifier;
import dev.concertina.state.Verdict;
import dev.concertina.throttle.StopSignal;

/**
 * Compares both structures of a change, row by row.
 *
 * <p>
 * Each range is compared by one statement, hence one snapshot; the triggers are
 * synchronous, so every difference is a defect and none is a lag.
 */
public final class Verifier {

	private static final int KEYS_PER_RANGE = 20;

	private static final String FORGET_MISMATCHES = """
			DELETE FROM {state}.mismatch WHERE change_id = ?""";

	private static final String DEFECTS = """
			SELECT coalesce(sum(missing + different + extra), 0)
			  FROM {state}.chunk
			 WHERE change_id = ? AND phase = 'VERIFY' AND step <> ALL (?)""";

	private static final String COMPARE = """
			WITH compared AS (%s),
			     kept AS (INSERT INTO {state}.mismatch (change_id, table_name, key, difference)
			              SELECT %s, %s, key, difference FROM compared WHERE difference IS NOT NULL LIMIT %d)
			SELECT count(*) AS row_count, count(*) FILTER (WHERE difference = 'missing') AS missing,
			       count(*) FILTER (WHERE difference = 'different') AS different,
			       count(*) FILTER (WHERE difference = 'extra') AS extra
			  FROM compared""";

	private final Database database;

	private final ChunkWorkers workers;

	/**
	 * Compare with workers.
	 * @param database the database
	 * @param workers the workers
	 */
	public Verifier(Database database, ChunkWorkers workers) {
		this.database = database;
		this.workers = workers;
	}

	/**
	 * Forget what was compared, so that {@link #run} compares everything anew.
	 * @param jdbc the template of the transaction that starts the comparison
	 * @param change the change
	 */
	public static void forget(StateJdbc jdbc, ChangeId change) {
		new ChunkStore(jdbc).forget(change, Phase.VERIFY);
		jdbc.state(FORGET_MISMATCHES).param(change.value()).update();
	}

	/**
	 * Compare until every row is compared.
	 * @param plan the plan of the change
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether every row is compared
	 */
	public boolean run(Plan plan, WorkerOptions options, StopSignal stop) {
		List<ChunkTask> tasks = tasks(plan);
		return this.workers.plan(tasks) && tasks.stream().allMatch((task) -> this.workers.run(task, options, stop));
	}

	/**
	 * Return what the comparison has found.
	 * @param change the change
	 * @return the sum of all ranges
	 */
	public Verdict verdict(ChangeId change) {
		Progress sum = new ChunkStore(this.database.jdbc()).progress(change, Phase.VERIFY);
		return new Verdict(Instant.EPOCH, sum.rows(), sum.missing(), sum.different(), sum.extra());
	}

	/**
	 * Return whether the comparison has found nothing but rows that a task has not
	 * computed yet, as they were written since.
	 * @param plan the plan of the change
	 * @return {@code true} if there is no other difference
	 */
	public boolean findsOnlyUncomputed(Plan plan) {
		List<Step> steps = plan.steps(Phase.VERIFY);
		Integer[] computed = IntStream.range(0, steps.size())
			.filter((number) -> steps.get(number) instanceof Check check && check.task() != null)
			.boxed()
			.toArray(Integer[]::new);
		return this.database.jdbc().state(DEFECTS).param(plan.change()).param(computed).query(Long.class).single() == 0;
	}

	private static List<ChunkTask> tasks(Plan plan) {
		List<ChunkTask> tasks = new ArrayList<>();
		List<Step> steps = plan.steps(Phase.VERIFY);
		for (int number = 0; number < steps.size(); number++) {
			if (steps.get(number) instanceof Check check) {
				tasks.add(task(plan, number, check));
			}
		}
		return tasks;
	}

	private static ChunkTask task(Plan plan, int number, Check check) {
		return new ChunkTask(ChangeId.of(plan.change()), Phase.VERIFY, number, check.source(), check.order(), false,
				plan.settings().values(), (jdbc, relation, range) -> compare(plan, check, jdbc, relation, range), 0);
	}

	private static Tally compare(Plan plan, Check check, StateJdbc jdbc, String relation, RowRange range) {
		String sql = jdbc.stateSql(COMPARE)
			.formatted(check.comparison().sql(relation, range), Identifier.literal(plan.change()),
					Identifier.literal(relation), KEYS_PER_RANGE);
		// no bind parameters: the expressions of a change may hold operators with a
		// question mark
		return Objects.requireNonNull(jdbc.queryForObject(sql, (row, number) -> new Tally(row.getLong("row_count"),
				row.getLong("missing"), row.getLong("different"), row.getLong("extra"))));
	}

}
