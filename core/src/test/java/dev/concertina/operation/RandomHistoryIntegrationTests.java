package dev.concertina.operation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

/**
 * Two versions of an application under random traffic, through a whole change.
 */
@Tag("slow")
@PostgresTest(settings = "deadlock_timeout=50ms")
class RandomHistoryIntegrationTests {

	private static final int SEEDS = 35;

	private final TestDatabase db;

	RandomHistoryIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void leavesBothStructuresEqual(int seed, Scenario scenario) {
		Proof.of(scenario).endsEqualAfterARandomHistory(this.db, seed);
	}

	static Stream<Arguments> leavesBothStructuresEqual() {
		List<Scenario> moving = Scenarios.movingData();
		return IntStream.range(0, Math.max(SEEDS, moving.size()))
			.mapToObj((seed) -> Arguments.of(seed, moving.get(seed % moving.size())));
	}

}
