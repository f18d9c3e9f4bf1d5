package dev.concertina.operation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

@PostgresTest(settings = "deadlock_timeout=50ms")
class ProofIntegrationTests {

	private static final int SEEDS = Integer.getInteger("concertina.test.seeds", 35);

	private final TestDatabase db;

	ProofIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@MethodSource("all")
	void endsAsAPlainMigrationHoweverOftenTheApplicationCrashes(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, plain, scenario.name().hashCode());
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void isRolledBackWithoutATraceWhereverItIs(Scenario scenario) {
		Proof.of(scenario).rollsBackAnywhere();
	}

	@ParameterizedTest
	@MethodSource("movingData")
	void leavesBothStructuresEqualInEveryOrderOfStatements(Scenario scenario) {
		Proof.of(scenario).holdsInEveryOrder(this.db);
	}

	@ParameterizedTest
	@MethodSource
	void endsEqualAfterAnyHistoryOfBothVersions(int seed, Scenario scenario) {
		Proof.of(scenario).endsEqualAfterARandomHistory(this.db, seed);
	}

	static List<Scenario> all() {
		return Scenarios.all();
	}

	static List<Scenario> movingData() {
		return Scenarios.movingData();
	}

	static Stream<Arguments> endsEqualAfterAnyHistoryOfBothVersions() {
		List<Scenario> moving = movingData();
		return IntStream.range(0, Math.max(SEEDS, moving.size()))
			.mapToObj((seed) -> Arguments.of(seed, moving.get(seed % moving.size())));
	}

}
