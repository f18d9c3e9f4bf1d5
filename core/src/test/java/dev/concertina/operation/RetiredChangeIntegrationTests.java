package dev.concertina.operation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.RetirementProof;
import dev.concertina.testing.proof.Scenario;

/**
 * Old structures that are out of sight, before they are dropped.
 */
@Tag("slow")
@PostgresTest
class RetiredChangeIntegrationTests {

	private final TestDatabase db;

	RetiredChangeIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#movingData")
	void comeBackWithEveryWriteInBetween(Scenario scenario) {
		RetirementProof.of(scenario).bringsBackWhatIsOutOfSight(this.db, 1);
	}

}
