package dev.concertina.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.Interleaving;
import dev.concertina.testing.Interleavings;
import dev.concertina.testing.Outcome;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Step;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest(settings = "deadlock_timeout=50ms")
class WriterAgainstBatchIntegrationTests {

	private final TestDatabase db;

	WriterAgainstBatchIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	static Stream<Situation> situations() {
		return Situations.all();
	}

	@ParameterizedTest
	@MethodSource("situations")
	void leavesBothStructuresEqualInEveryOrder(Situation situation) {
		this.db.execute(situation.create());
		Change change = situation.change();
		Application.of(this.db, change).start();
		LivePlan plan = LivePlan.of(this.db, change.id());
		for (Writer writer : situation.writers()) {
			Interleavings.of(transaction(writer), plan.batch()).forEach((order) -> run(situation, writer, plan, order));
		}
	}

	private void run(Situation situation, Writer writer, LivePlan plan, Interleaving order) {
		uncopied(situation);
		Outcome outcome = order.run(this.db);
		String story = "%s, %s: %s".formatted(situation, writer, outcome);
		assertThat(outcome.succeeded()).as(story).isTrue();
		assertThat(plan.differences()).as(story).isEmpty();
		assertThat(this.db.jdbc().sql("SELECT " + writer.expected()).query(Boolean.class).single()).as(story).isTrue();
	}

	/**
	 * Puts the table back to what it was before the change.
	 */
	private void uncopied(Situation situation) {
		this.db.execute("SET session_replication_role = replica; DELETE FROM t; %s RESET session_replication_role"
			.formatted(situation.name().startsWith("JSON") ? "DELETE FROM item; " + situation.seed() + ";"
					: situation.seed() + ";"));
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
