package dev.concertina.operation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

@PostgresTest(settings = "deadlock_timeout=50ms")
class ProofIntegrationTests {

	private static final int SEEDS = Integer.getInteger("concertina.test.seeds", 35);

	/** A part of the names of the scenarios that shall be proved, by default of all. */
	private static final String SELECTED = System.getProperty("concertina.test.scenarios", "");

	private final TestDatabase db;

	ProofIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("all")
	void endsAsAPlainMigrationHoweverOftenTheApplicationCrashes(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, plain, scenario.name().hashCode());
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("all")
	void isRolledBackWithoutATraceWhereverItIs(Scenario scenario) {
		Proof.of(scenario).rollsBackAnywhere(this.db);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("movingData")
	void leavesBothStructuresEqualInEveryOrderOfStatements(Scenario scenario) {
		Proof.of(scenario).holdsInEveryOrder(this.db);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void endsEqualAfterAnyHistoryOfBothVersions(int seed, Scenario scenario) {
		Proof.of(scenario).endsEqualAfterARandomHistory(this.db, seed);
	}

	static List<Scenario> all() {
		int version = PostgresServer.shared().majorVersion();
		return Scenarios.all()
			.stream()
			.filter((scenario) -> scenario.since() <= version && scenario.name().contains(SELECTED))
			.toList();
	}

	static List<Scenario> movingData() {
		return all().stream().filter((scenario) -> scenario.versions() != null).toList();
	}

	static Stream<Arguments> endsEqualAfterAnyHistoryOfBothVersions() {
		List<Scenario> moving = movingData();
		return IntStream.range(0, (SEEDS > 0) ? Math.max(SEEDS, moving.size()) : 0)
			.mapToObj((seed) -> Arguments.of(seed, moving.get(seed % moving.size())));
	}

}
