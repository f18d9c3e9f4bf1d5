package dev.concertina.testing.proof;

import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.Interleavings;
import dev.concertina.testing.Outcome;
import dev.concertina.testing.Session;
import dev.concertina.testing.Step;
import dev.concertina.testing.SteppedWork;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that both structures are equal whatever the order of the statements of one
 * writer and of one batch is.
 */
public final class EveryOrderProof {

	private final Scenario scenario;

	private final Change change;

	private EveryOrderProof(Scenario scenario) {
		this.scenario = scenario;
		this.change = scenario.change();
	}

	public static EveryOrderProof of(Scenario scenario) {
		return new EveryOrderProof(scenario);
	}

	/**
	 * Proves it of the statements of a batch, sent as they are.
	 */
	public void holds(TestDatabase database) {
		LivePlan plan = start(database);
		try (Session application = database.session("application"); Session worker = database.session("worker")) {
			for (Writer writer : this.scenario.requireVersions().writers()) {
				Interleavings.of(transaction(writer), plan.batch()).forEach((order) -> {
					this.scenario.restoreIn(database);
					Outcome outcome = order.run(application, worker);
					assertThat(outcome.succeeded()).as("%s, %s: %s", this.scenario, writer, outcome).isTrue();
					requireEqual(database, writer, plan, outcome.toString());
				});
			}
		}
	}

	/**
	 * Proves it of a real worker, whose session is killed after it has copied, or after
	 * it has moved its position, before the commit, or not at all. After a kill it goes
	 * on with another one as it likes.
	 */
	public void holdsForAWorkerThatIsKilled(TestDatabase database) {
		LivePlan plan = start(database);
		int commit = plan.workerSteps().size();
		try (Session application = database.session("application");
				HikariDataSource worker = SteppedWork.session(database)) {
			for (Writer writer : this.scenario.requireVersions().writers()) {
				List<Step> writes = Step.script("BEGIN; " + String.join("; ", writer.statements()), "COMMIT");
				for (int steps : List.of(commit - 2, commit - 1, commit)) {
					Interleavings.of(writes, plan.workerSteps().subList(0, steps)).forEach((order) -> {
						this.scenario.restoreUncopiedIn(database);
						order.run(application, plan.startWorker(worker), (steps < commit) ? steps : 0);
						requireEqual(database, writer, plan, "%s, of %d".formatted(order, commit));
					});
				}
			}
		}
	}

	private LivePlan start(TestDatabase database) {
		this.scenario.createIn(database);
		Application.of(database, this.change).start();
		return LivePlan.of(database, this.change.id());
	}

	private void requireEqual(TestDatabase database, Writer writer, LivePlan plan, String order) {
		String story = "%s, %s: %s".formatted(this.scenario, writer, order);
		assertThat(plan.differences()).as(story).isEmpty();
		assertThat(database.jdbc().sql("SELECT " + writer.expected()).query(Boolean.class).single()).as(story).isTrue();
	}

	private static List<Step> transaction(Writer writer) {
		List<Step> steps = new ArrayList<>();
		String begin = "BEGIN; ";
		for (String statement : writer.statements()) {
			steps.add(Step.sql(begin + statement));
			begin = "";
		}
		steps.add(Step.sql("COMMIT"));
		return steps;
	}

}
