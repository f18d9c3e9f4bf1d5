package dev.concertina.testing.proof;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.concertina.ChangeStatus;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Scenario.Versions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that rows which were written behind the back of the triggers are found, and that
 * a repair makes the new structure what the old one says.
 */
public final class RepairProof {

	private static final ConcertinaOptions SMALL_BATCHES = ConcertinaOptions.defaults()
		.withWorkers(new WorkerOptions(1, Duration.ofMillis(100), 10, Duration.ZERO));

	private final Scenario scenario;

	private final Change change;

	private RepairProof(Scenario scenario) {
		this.scenario = scenario;
		this.change = scenario.change();
	}

	public static RepairProof of(Scenario scenario) {
		return new RepairProof(scenario);
	}

	public void repairsWhatDiffers(TestDatabase database, long seed) {
		this.scenario.createIn(database);
		Set<String> old = Content.columns(database);
		Application application = Application.of(database, SMALL_BATCHES, this.change).start().run(this.change);
		Random random = new Random(seed);
		do {
			writeInSilence(database, random);
			application.concertina().steering().verify(this.change.id(), "proof");
			application.run(this.change);
		}
		while (application.status(this.change).state().status() == Status.RUNNING);
		Map<String, List<String>> wanted = Content.only(database, old);
		application.concertina().steering().repair(this.change.id(), "proof");
		ChangeStatus status = application.run(this.change).status(this.change);
		assertThat(status.state()).as("%s", status).isEqualTo(State.running(Phase.CONTRACT));
		if (!this.scenario.replacesValues()) {
			assertThat(Content.only(database, old)).as("rows of the old structure").isEqualTo(wanted);
		}
	}

	/**
	 * No trigger fires; what a constraint refuses is left out.
	 */
	private void writeInSilence(TestDatabase database, Random random) {
		Versions versions = this.scenario.requireVersions();
		try (Session writer = database.session("writer")) {
			writer.execute("SET session_replication_role = replica");
			for (int number = 0; number < 20; number++) {
				(random.nextBoolean() ? versions.oldVersion() : versions.newVersion()).apply(random)
					.forEach((statement) -> writer.start(statement).failure());
			}
		}
	}

}
