package dev.concertina.operation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.RetirementProof;
import dev.concertina.testing.proof.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
		boolean dropsAtOnce = RetirementProof.of(scenario).bringsBackWhatItDoesNotDropAtOnce(this.db, 1);
		assertThat(dropsAtOnce).as("%s drops at once", scenario.name())
			.isEqualTo(scenario.operations().stream().anyMatch(WidenKey.class::isInstance));
	}

}
