package dev.concertina.chunk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.concertina.backfill.BackfillTasks;
import dev.concertina.backfill.Backfiller;
import dev.concertina.backfill.TaskOptions;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Verdict;
import dev.concertina.testing.Application;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.StopSignal;
import dev.concertina.verify.Verifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The copy and the comparison of a change in chunks of seven rows, three of them planned
 * at once, and batches of at most four.
 */
final class KeyedRun {

	static final WorkerOptions OPTIONS = new WorkerOptions(2, Duration.ofMillis(100), 8, Duration.ZERO);

	private final Change change;

	private final Database database;

	private final ChunkWorkers workers;

	private final StopSignal stop = new StopSignal();

	KeyedRun(DataSource dataSource, Change change, MigrationListener listener) {
		this.change = change;
		this.database = new Database(dataSource);
		this.workers = new ChunkWorkers(this.database, new LeafRanges(new BlockRanges(), new KeyRanges(7, 3)), 4,
				(id) -> Pace.FULL, listener);
	}

	/**
	 * Expands the change and makes ready to copy.
	 */
	static KeyedRun started(TestDatabase db, Change change) {
		Application.of(db, change).start();
		return new KeyedRun(db.dataSource(), change, (event) -> {
		});
	}

	StopSignal stop() {
		return this.stop;
	}

	/**
	 * Copies, and returns whether every row is copied or set aside.
	 */
	boolean copy() {
		Plan plan = plan();
		return new Backfiller(this.workers, 100, BackfillTasks.none(), TaskOptions.defaults()).run(plan, 0,
				(Backfill) plan.steps(Phase.BACKFILL).get(0), OPTIONS, this.stop);
	}

	Verdict compare() {
		move(State.running(Phase.BACKFILL), State.running(Phase.VERIFY));
		Verifier verifier = new Verifier(this.database, this.workers);
		assertThat(verifier.run(plan(), OPTIONS, this.stop)).isTrue();
		return verifier.verdict(this.change.id());
	}

	/**
	 * Copies again what the comparison has found, and compares again.
	 */
	Verdict repairAndCompare() {
		this.database.inTransactionWithoutResult((jdbc) -> new ChunkStore(jdbc).planRepair(plan()));
		move(State.running(Phase.VERIFY), State.running(Phase.BACKFILL));
		assertThat(new Backfiller(this.workers, 100, BackfillTasks.none(), TaskOptions.defaults()).repair(plan(),
				OPTIONS, this.stop))
			.isTrue();
		this.database.inTransactionWithoutResult((jdbc) -> Verifier.forget(jdbc, this.change.id()));
		return compare();
	}

	Progress progress() {
		return new ChunkStore(this.database.jdbc()).progress(this.change.id(), Phase.BACKFILL);
	}

	/**
	 * Returns the ends of all chunks of the copy, in the order of planning.
	 */
	List<String> chunks() {
		return new ArrayList<>(this.database.jdbc()
			.query("SELECT coalesce(first_key::text, '') || ' to ' || end_key::text FROM concertina.chunk WHERE phase = 'BACKFILL' ORDER BY id",
					(row, number) -> row.getString(1)));
	}

	private Plan plan() {
		return StateStore.jdbc(this.database.jdbc()).find(this.change.id()).orElseThrow().plan();
	}

	private void move(State from, State to) {
		assertThat(StateStore.jdbc(this.database.jdbc()).transition(this.change.id(), from, to, "test", null)).isTrue();
	}

}
