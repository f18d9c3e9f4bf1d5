package dev.concertina.operation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.RepairProof;
import dev.concertina.testing.proof.Scenario;

/**
 * Rows that differ when both structures are compared, as they never should.
 */
@Tag("slow")
@PostgresTest
class RepairedChangeIntegrationTests {

	private final TestDatabase db;

	RepairedChangeIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#movingData")
	void areMadeEqualByARepair(Scenario scenario) {
		RepairProof.of(scenario).repairsWhatDiffers(this.db, 1);
	}

}
