package dev.concertina.testing.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.backfill.BackfillTasks;
import dev.concertina.backfill.Backfiller;
import dev.concertina.backfill.TaskOptions;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkSource;
import dev.concertina.chunk.ChunkWorkers;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.RowRange;
import dev.concertina.state.StateStore;
import dev.concertina.testing.Step;
import dev.concertina.testing.SteppedWork;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.StopSignal;

/**
 * The stored plan of a change whose triggers are in place, taken apart: its batch as
 * steps of a session, and its comparison.
 */
public final class LivePlan {

	private static final RowRange EVERY_ROW = RowRange.of("true");

	private final TestDatabase database;

	private final Plan plan;

	private LivePlan(TestDatabase database, Plan plan) {
		this.database = database;
		this.plan = plan;
	}

	public static LivePlan of(TestDatabase database, ChangeId change) {
		return new LivePlan(database,
				StateStore.jdbc(new Database(database.dataSource()).jdbc()).find(change).orElseThrow().plan());
	}

	/**
	 * Returns one batch over the whole table, statement by statement as a worker runs it.
	 */
	public List<Step> batch() {
		List<Step> steps = new ArrayList<>();
		Map<String, String> settings = new TreeMap<>(this.plan.settings().values());
		settings.put(Plan.BATCH_SETTING, this.plan.change());
		steps.add(Step.of("begin batch", (connection) -> {
			connection.setAutoCommit(false);
			Database.setLocal(Database.on(connection), settings);
		}));
		this.plan.steps(Phase.BACKFILL)
			.stream()
			.filter(Backfill.class::isInstance)
			.map(Backfill.class::cast)
			.forEach((backfill) -> backfill.statements()
				.forEach((statement) -> steps.add(Step.sql(statement.sql(backfill.source().quoted(), EVERY_ROW)))));
		steps.add(Step.of("commit batch", (connection) -> {
			connection.commit();
			connection.setAutoCommit(true);
		}));
		return steps;
	}

	/**
	 * Returns what a worker does in its first batch: begin and claim, the statements of
	 * the copy, move the position, commit. Only their number counts.
	 */
	List<Step> workerSteps() {
		int others = 3;
		return Stream.generate(() -> Step.sql("SELECT")).limit(backfill().statements().size() + others).toList();
	}

	/**
	 * Starts a worker of this plan, which waits for a permit before the claim of its
	 * first chunk.
	 */
	SteppedWork startWorker(DataSource session) {
		return SteppedWork.start(this.database, session, (sql) -> sql.contains("concertina.claim_chunk"),
				(dataSource) -> {
					ChunkWorkers workers = new ChunkWorkers(new Database(dataSource), ChunkSource.ranges(), 1,
							(change) -> Pace.FULL, (event) -> {
							});
					new Backfiller(workers, 0, BackfillTasks.none(), TaskOptions.defaults()).run(this.plan, 0,
							backfill(), WorkerOptions.defaults(), new StopSignal());
				});
	}

	private Backfill backfill() {
		return (Backfill) this.plan.steps(Phase.BACKFILL).get(0);
	}

	/**
	 * Returns every row that is not equal in both structures.
	 */
	public List<String> differences() {
		return new Database(this.database.dataSource()).inTransaction(this.plan.settings().values(),
				(template) -> this.plan.steps(Phase.VERIFY)
					.stream()
					.filter(Check.class::isInstance)
					.map(Check.class::cast)
					.flatMap((check) -> differences(template, check).stream())
					.toList());
	}

	private static List<String> differences(JdbcTemplate template, Check check) {
		return template.query(
				"SELECT key, difference FROM (%s) AS compared WHERE difference IS NOT NULL"
					.formatted(check.comparison().sql(check.source().quoted(), EVERY_ROW)),
				(row, number) -> "%s of %s is %s".formatted(row.getString(1), check.source(), row.getString(2)));
	}

}
