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
