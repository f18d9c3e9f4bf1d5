package dev.concertina.testing.proof;

import java.time.Duration;

import dev.concertina.ChangeStatus;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Scenario.Versions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that an old structure that is out of sight comes back with every write in
 * between, and that it can be retired and dropped afterwards.
 */
public final class RetirementProof {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(1, Duration.ofMillis(100), 10, Duration.ZERO))
		.withSoak(Duration.ofDays(1));

	private static final State RETIRED = new State(Phase.CONTRACT, Status.RETIRED);

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private static final String DROPS = """
			SELECT jsonb_path_exists(plan, '$.steps.CONTRACT[*] ? (@.destructive == true)') FROM concertina.change""";

	private final Scenario scenario;

	private final Change change;

	private RetirementProof(Scenario scenario) {
		this.scenario = scenario;
		this.change = scenario.change();
	}

	public static RetirementProof of(Scenario scenario) {
		return new RetirementProof(scenario);
	}

	/**
	 * Proves that. Where nothing is dropped, nothing has to be brought back.
	 */
	public void bringsBackWhatIsOutOfSight(TestDatabase database, long seed) {
		Versions versions = this.scenario.requireVersions();
		this.scenario.createIn(database);
		Application application = Application.of(database, SOAKING, this.change).start().contract(this.change);
		if (application.status(this.change).state().equals(COMPLETED)) {
			assertThat(database.jdbc().sql(DROPS).query(Boolean.class).single()).isFalse();
			return;
		}
		requireState(application, RETIRED);
		RandomTraffic.send(database, 100, seed, versions.newVersion());
		try (RandomTraffic newVersion = RandomTraffic.start(database, 2, seed + 1, versions.newVersion())) {
			application.concertina().steering().unretire(this.change.id(), "proof", "it is needed after all");
			application.run(this.change);
			requireState(application, new State(Phase.CONTRACT, Status.PAUSED));
			requireEqual(application);
			try (RandomTraffic oldVersion = RandomTraffic.start(database, 2, seed + 2, versions.oldVersion())) {
				RandomTraffic.send(database, 100, seed + 3, versions.oldVersion());
				requireEqual(application);
				oldVersion.stop();
				assertThat(oldVersion.failures()).isEmpty();
			}
			requireState(application.contract(this.change), RETIRED);
			newVersion.stop();
			assertThat(newVersion.failures()).isEmpty();
		}
		database.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		requireState(application.run(this.change), COMPLETED);
	}

	private void requireEqual(Application application) {
		if (application.status(this.change).state().status() == Status.PAUSED) {
			application.concertina().steering().resume(this.change.id(), "proof");
		}
		application.concertina().steering().verify(this.change.id(), "proof");
		ChangeStatus status = application.run(this.change).status(this.change);
		assertThat(status.state()).as("%s", status).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(status.verdict()).hasValueSatisfying((verdict) -> assertThat(verdict.holds()).isTrue());
	}

	private void requireState(Application application, State state) {
		ChangeStatus status = application.status(this.change);
		assertThat(status.state()).as("%s", status).isEqualTo(state);
	}

}
