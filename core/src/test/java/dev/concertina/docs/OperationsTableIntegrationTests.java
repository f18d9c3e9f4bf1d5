package dev.concertina.docs;

import org.junit.jupiter.api.Test;

import dev.concertina.testing.TestDatabase;

/**
 * The operations in the README.
 */
class OperationsTableIntegrationTests {

	@Test
	void isInTheReadme() {
		OperationsTable operations = new OperationsTable();
		for (OperationPage page : OperationPage.values()) {
			try (TestDatabase database = TestDatabase.create()) {
				operations.with(page, PageExample.explain(page, database));
			}
		}
		Page.readme()
			.assertGenerated(
					"<!-- by OperationsTableIntegrationTests; -Dconcertina.docs.write=true makes it anew -->\n\n"
							+ operations + "\n");
	}

}
