package dev.concertina.operation;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.EjectionProof;
import dev.concertina.testing.proof.Scenario;

@PostgresTest
class EjectionIntegrationTests {

	private final TestDatabase db;

	EjectionIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Timeout(60)
	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void endsAsAPlainMigrationUnderFlywayAlone(Scenario scenario, @TempDir Path folder) {
		try (TestDatabase plain = TestDatabase.create()) {
			new EjectionProof(scenario).endsAsAPlainMigration(this.db, plain, folder);
		}
	}

	static List<Scenario> endsAsAPlainMigrationUnderFlywayAlone() {
		return ProofIntegrationTests.all();
	}

}
