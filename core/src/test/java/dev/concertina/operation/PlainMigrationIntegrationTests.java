package dev.concertina.operation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

/**
 * Each change ends as a plain, locking migration would have.
 */
@PostgresTest(settings = "deadlock_timeout=50ms")
class PlainMigrationIntegrationTests {

	private final TestDatabase db;

	PlainMigrationIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#all")
	void isTheEndHoweverOftenTheApplicationCrashes(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, plain, scenario.name().hashCode());
		}
	}

}
