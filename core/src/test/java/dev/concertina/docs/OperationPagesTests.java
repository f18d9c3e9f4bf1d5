package dev.concertina.docs;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.change.Change;
import dev.concertina.operation.Operations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the operations, without a database.
 */
class OperationPagesTests {

	@Test
	void showOneExampleInYamlAndJava(@TempDir Path folder) throws Exception {
		Map<OperationPage, Change> changes = JavaExamples.compile(OperationPage.all(), folder);
		assertThat(changes).allSatisfy((page, change) -> assertThat(change).isEqualTo(page.change()));
	}

	@Test
	void areThereForEachOperation() {
		assertThat(OperationPage.all().stream().flatMap((page) -> page.operations().stream()))
			.containsExactlyInAnyOrderElementsOf(Operations.catalog().names());
	}

}
