package dev.concertina.protocol;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class RandomHistoriesIntegrationTests {

	private static final int SEEDS = Integer.getInteger("concertina.test.seeds", 35);

	/** Small batches with a pause, so that the writers are at work during each phase. */
	private static final ConcertinaOptions SLOW = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(2, Duration.ofMillis(100), 4))
		.withPause(Duration.ofMillis(4));

	private final TestDatabase db;

	RandomHistoriesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	static Stream<Arguments> seeds() {
		List<Situation> situations = Situations.all().toList();
		return IntStream.range(0, SEEDS)
			.mapToObj((seed) -> Arguments.of(seed, situations.get(seed % situations.size())));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void endsEqualAfterAnyHistoryOfBothVersions(int seed, Situation situation) {
		this.db.execute(situation.create(), "ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN",
				"ALTER TABLE t ALTER COLUMN note SET DEFAULT repeat('-', 1500)");
		Traffic.send(this.db, 2 * Situation.ROWS, seed, situation.oldVersion());
		Change change = situation.change();
		Application application = Application.of(this.db, SLOW, change);
		try (Traffic oldVersion = Traffic.start(this.db, 2, seed, situation.oldVersion())) {
			application.start();
			LivePlan plan = LivePlan.of(this.db, change.id());
			try (Traffic newVersion = Traffic.start(this.db, 2, seed + 1000, situation.newVersion())) {
				application.run(change);
				assertThat(application.status(change).state()).as("%s", application.status(change))
					.isEqualTo(State.running(Phase.CONTRACT));
				oldVersion.stop();
				assertThat(plan.differences()).isEmpty();
				application.contract(change);
				newVersion.stop();
				assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
				assertThat(oldVersion.failures()).isEmpty();
				assertThat(newVersion.failures()).isEmpty();
				assertThat(application.status(change).backfill().batches()).isGreaterThan(1);
				assertThat(Math.min(oldVersion.transactions(), newVersion.transactions())).isPositive();
			}
		}
	}

}
