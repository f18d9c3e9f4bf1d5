package dev.concertina.flyway;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;

import dev.concertina.testing.Page;

import static org.assertj.core.api.Assertions.assertThat;

class StateScriptsTests {

	private final StateScripts scripts = new StateScripts();

	@Test
	void areAllThatThereAre() throws IOException {
		try (Stream<Path> files = Files
			.list(Page.root().resolve("core/src/main/resources").resolve(StateScripts.FOLDER))) {
			assertThat(files.map((file) -> file.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(StateScripts.NAMES);
		}
	}

	@Test
	void areFoundByPrefixAndSuffix() {
		assertThat(this.scripts.getResources("V", new String[] { ".sql", ".SQL" }))
			.extracting(LoadableResource::getFilename)
			.containsExactlyElementsOf(StateScripts.NAMES);
		assertThat(this.scripts.getResources("R", new String[] { ".sql" })).isEmpty();
		assertThat(this.scripts.getResource("V1__state.sql.conf")).isNull();
	}

	@Test
	void haveText() throws IOException {
		for (LoadableResource script : this.scripts.getResources("V", new String[] { ".sql" })) {
			assertThat(script.getAbsolutePath()).isEqualTo(StateScripts.FOLDER + script.getFilename());
			try (Reader reader = script.read()) {
				assertThat(reader.read()).isNotEqualTo(-1);
			}
		}
	}

}
