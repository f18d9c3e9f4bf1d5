package dev.concertina.testing.proof;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.concertina.ChangeStatus;
import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.CatalogScope;
import dev.concertina.testing.Memory;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that the operations of a scenario keep the promises that Concertina makes. Each
 * proof takes empty databases, and fails as a test does.
 */
public final class Proof {

	private static final CatalogScope STRUCTURE = CatalogScope.everything().withoutAllButFunctionsOf("concertina");

	private static final State END = new State(Phase.CONTRACT, Status.COMPLETED);

	/** Batches of about ten rows. */
	private static final ConcertinaOptions SMALL_BATCHES = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(1, Duration.ofMillis(100), 10, Duration.ZERO))
		.withLocks(new LockOptions(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(60)));

	/** Small batches with a pause, so that the writers are at work during each phase. */
	private static final ConcertinaOptions SLOW = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(2, Duration.ofMillis(100), 4, Duration.ZERO))
		.withPause(Duration.ofMillis(4));

	private final Scenario scenario;

	private final Change change;

	private Proof(Scenario scenario) {
		this.scenario = scenario;
		this.change = scenario.change();
	}

	public static Proof of(Scenario scenario) {
		return new Proof(scenario);
	}

	/**
	 * Proves that the change ends with the catalog and the rows of the plain migration,
	 * however often the application crashes on the way, and that another start does
	 * nothing.
	 */
	public void endsAsAPlainMigration(TestDatabase changed, TestDatabase plain, long seed) {
		Random random = new Random(seed);
		this.scenario.createIn(changed);
		int commits = 0;
		boolean crashed = true;
		while (crashed) {
			commits += 1 + random.nextInt(40);
			crashed = runUntilCrash(changed, commits, this.change);
		}
		requirePlainEnd(changed, plain);
	}

	/**
	 * Proves that the change ends with the catalog and the rows of the plain migration if
	 * nothing is in its way.
	 */
	public void endsAsAPlainMigration(TestDatabase changed, TestDatabase plain) {
		this.scenario.createIn(changed);
		application(changed).start().contract(this.change);
		requirePlainEnd(changed, plain);
	}

	private void requirePlainEnd(TestDatabase changed, TestDatabase plain) {
		ChangeStatus status = application(changed).start().status(this.change);
		assertThat(status.state()).as("%s", status).isEqualTo(END);
		Application.of(plain).start();
		this.scenario.createIn(plain).execute(this.scenario.plain().toArray(String[]::new));
		Snapshot after = snapshot(changed);
		Snapshot wanted = snapshot(plain);
		assertThat(after.structure()).as("catalog after %s", this.scenario)
			.containsExactlyInAnyOrderElementsOf(wanted.structure());
		assertThat(after.content()).as("rows after %s", this.scenario).isEqualTo(wanted.content());
		Memory before = Memory.of(changed);
		application(changed).start().run(this.change);
		assertThat(Memory.of(changed)).as("another start").isEqualTo(before);
	}

	/**
	 * Proves that a rollback leaves the catalog and the rows as they were, wherever the
	 * application has crashed before, until it is completed or there is nothing left that
	 * could be rolled back.
	 */
	public void rollsBackAnywhere(TestDatabase database) {
		Application.of(database).start();
		this.scenario.createIn(database);
		Snapshot before = snapshot(database);
		rollsBackBeforeTheDrop(database, before);
		int commits = 1;
		for (int version = 1; rollsBackAfter(database, version, commits, before); version++) {
			commits = commits * 3 + 4;
		}
	}

	private boolean rollsBackAfter(TestDatabase database, int version, int commits, Snapshot before) {
		Change[] changes = Stream
			.concat(Stream.of(this.scenario.failingBeforeTheDrop()),
					IntStream.rangeClosed(1, version).mapToObj(this.scenario::change))
			.toArray(Change[]::new);
		Change tried = changes[version];
		boolean crashed = runUntilCrash(database, commits, changes);
		Application application = Application.of(database, SMALL_BATCHES, changes).start();
		try {
			application.concertina().steering().rollBack(tried.id(), "proof", "wherever it is");
		}
		catch (RefusedTransitionException ex) {
			return false;
		}
		requireRolledBack(database, application.run(tried).status(tried), before, commits + " commits");
		return crashed;
	}

	/**
	 * All that can be taken back is done, which a crash seldom meets.
	 */
	private void rollsBackBeforeTheDrop(TestDatabase database, Snapshot before) {
		Change tried = this.scenario.failingBeforeTheDrop();
		Application application = Application.of(database, SMALL_BATCHES, tried).start().contract(tried);
		assertThat(application.status(tried).reason()).contains("division by zero");
		application.concertina().steering().rollBack(tried.id(), "proof", "before the drop");
		requireRolledBack(database, application.run(tried).status(tried), before, "all that can be taken back");
	}

	private void requireRolledBack(TestDatabase database, ChangeStatus status, Snapshot before, String when) {
		assertThat(status.state().status()).as("%s", status).isEqualTo(Status.ROLLED_BACK);
		Snapshot after = snapshot(database);
		assertThat(after.structure()).as("catalog after %s and a rollback", when)
			.containsExactlyInAnyOrderElementsOf(before.structure());
		if (this.scenario.replacesValues()) {
			this.scenario.restoreIn(database);
		}
		else {
			assertThat(after.content()).as("rows after %s and a rollback", when).isEqualTo(before.content());
		}
	}

	/**
	 * Proves that no statement of two versions of an application fails while the whole
	 * change runs under their random transactions, and that both structures are equal
	 * before the old one is dropped.
	 */
	public void endsEqualAfterARandomHistory(TestDatabase database, long seed) {
		Scenario.Versions versions = this.scenario.requireVersions();
		database.execute(this.scenario.tables().toArray(String[]::new));
		RandomTraffic.send(database, 600, seed, versions.oldVersion());
		Application application = Application.of(database, SLOW, this.change);
		try (RandomTraffic oldVersion = RandomTraffic.start(database, 2, seed, versions.oldVersion())) {
			application.start();
			LivePlan plan = LivePlan.of(database, this.change.id());
			try (RandomTraffic newVersion = RandomTraffic.start(database, 2, seed + 1000, versions.newVersion())) {
				application.run(this.change);
				State reached = application.status(this.change).state();
				assertThat(reached).as("%s", application.status(this.change)).isIn(State.running(Phase.CONTRACT), END);
				oldVersion.stop();
				assertThat(plan.differences()).isEmpty();
				if (!reached.equals(END)) {
					application.contract(this.change);
				}
				newVersion.stop();
				assertThat(application.status(this.change).state()).isEqualTo(END);
				assertThat(oldVersion.failures()).isEmpty();
				assertThat(newVersion.failures()).isEmpty();
				assertThat(application.status(this.change).backfill().batches()).isGreaterThan(1);
				assertThat(Math.min(oldVersion.transactions(), newVersion.transactions())).isPositive();
			}
		}
	}

	private static boolean runUntilCrash(TestDatabase database, int commits, Change... changes) {
		try (CrashingDataSource dataSource = new CrashingDataSource(() -> database.access().connect("application"),
				commits)) {
			return crashes(dataSource,
					() -> Application.of(dataSource, SMALL_BATCHES, changes)
						.start()
						.contract(changes[changes.length - 1]));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean crashes(CrashingDataSource dataSource, Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | CrashingDataSource.Crash ex) {
			if (!dataSource.isCrashed()) {
				throw ex;
			}
		}
		return dataSource.isCrashed();
	}

	private Snapshot snapshot(TestDatabase database) {
		return new Snapshot(CatalogDump.of(database, STRUCTURE).lines(), Content.of(database, this.scenario.drawn()));
	}

	private Application application(TestDatabase database) {
		return Application.of(database, SMALL_BATCHES, this.change);
	}

	private record Snapshot(List<String> structure, Map<String, List<String>> content) {
	}

}
