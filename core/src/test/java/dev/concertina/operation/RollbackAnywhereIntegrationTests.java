package dev.concertina.operation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

/**
 * Each change can be taken back, wherever it is.
 */
@Tag("slow")
@PostgresTest(settings = "deadlock_timeout=50ms")
class RollbackAnywhereIntegrationTests {

	private final TestDatabase db;

	RollbackAnywhereIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#all")
	void leavesNoTrace(Scenario scenario) {
		Proof.of(scenario).rollsBackAnywhere(this.db);
	}

}
