package dev.concertina.operation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;

/**
 * Each change ends as a plain, locking migration would have, also in a schema that is not
 * {@code public}.
 */
@PostgresTest(settings = { "deadlock_timeout=50ms", PlainMigrationIntegrationTests.SEARCH_PATH })
class PlainMigrationIntegrationTests {

	static final String SEARCH_PATH = "search_path=Odd \"Shop";

	private final TestDatabase db;

	PlainMigrationIntegrationTests(TestDatabase db) {
		this.db = withSchema(db);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#all")
	void isTheEndHoweverOftenTheApplicationCrashes(Scenario scenario) {
		try (TestDatabase plain = TestDatabase.create(PostgresServer.shared(), SEARCH_PATH)) {
			Proof.of(scenario).endsAsAPlainMigration(this.db, withSchema(plain), scenario.name().hashCode());
		}
	}

	private static TestDatabase withSchema(TestDatabase database) {
		return database.execute("CREATE SCHEMA \"Odd \"\"Shop\"");
	}

}
