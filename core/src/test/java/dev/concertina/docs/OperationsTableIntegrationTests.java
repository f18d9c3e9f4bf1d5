package dev.concertina.docs;

import org.junit.jupiter.api.Test;

import dev.concertina.testing.Page;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The operations in the README.
 */
class OperationsTableIntegrationTests {

	@Test
	void isInTheReadme() {
		assumeThat(PostgresServer.shared().majorVersion()).as("the PostgreSQL that the table is for").isEqualTo(18);
		OperationsTable operations = new OperationsTable();
		for (OperationPage page : OperationPage.all()) {
			try (TestDatabase database = TestDatabase.create()) {
				operations.with(page, page.explain(database));
			}
		}
		Page.readme()
			.assertGenerated(
					"<!-- by OperationsTableIntegrationTests; -Dconcertina.docs.write=true makes it anew -->\n\n"
							+ operations + "\n");
	}

}
