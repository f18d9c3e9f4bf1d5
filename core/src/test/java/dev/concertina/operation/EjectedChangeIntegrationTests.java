package dev.concertina.operation;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.EjectionProof;
import dev.concertina.testing.proof.Scenario;

/**
 * The files of each change lead Flyway alone to its end, and back.
 */
@Tag("slow")
@PostgresTest
class EjectedChangeIntegrationTests {

	private final TestDatabase db;

	EjectedChangeIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Timeout(60)
	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("dev.concertina.operation.Scenarios#all")
	void endsAsAPlainMigration(Scenario scenario, @TempDir Path folder) {
		try (TestDatabase plain = TestDatabase.create()) {
			new EjectionProof(scenario).endsAsAPlainMigration(this.db, plain, folder);
		}
	}

}
