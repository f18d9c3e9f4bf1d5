package dev.concertina.operation;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.EveryOrderProof;
import dev.concertina.testing.proof.Scenario;

/**
 * A statement of an application and a batch, in every order.
 */
@Tag("slow")
@PostgresTest(settings = "deadlock_timeout=50ms")
class EveryOrderIntegrationTests {

	private final TestDatabase db;

	EveryOrderIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#movingData")
	void leavesBothStructuresEqual(Scenario scenario) {
		EveryOrderProof.of(scenario).holds(this.db);
	}

	/**
	 * In one table, and from one table to another. Takes two minutes.
	 */
	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void leavesBothStructuresEqualWhereverItsBatchIsKilled(Scenario scenario) {
		EveryOrderProof.of(scenario).holdsForAWorkerThatIsKilled(this.db);
	}

	static Stream<Scenario> leavesBothStructuresEqualWhereverItsBatchIsKilled() {
		return Stream.of(ColumnScenarios.rename(), JsonArrayScenario.create());
	}

}
