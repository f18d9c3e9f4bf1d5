package dev.concertina.flyway;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * The scripts that install the state, by their names: Flyway itself lists a folder, which
 * a native image does not have.
 */
final class StateScripts implements ResourceProvider {

	static final String FOLDER = "dev/concertina/state/";

	static final List<String> NAMES = List.of("V1__state.sql");

	@Override
	public @Nullable LoadableResource getResource(String name) {
		return NAMES.contains(name) ? new Script(name) : null;
	}

	@Override
	public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
		return NAMES.stream()
			.filter((name) -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
			.<LoadableResource>map(Script::new)
			.toList();
	}

	private static final class Script extends LoadableResource {

		private final String name;

		Script(String name) {
			this.name = name;
		}

		@Override
		public Reader read() {
			return new StringReader(content());
		}

		private String content() {
			try {
				return new ClassPathResource(FOLDER + this.name, StateScripts.class.getClassLoader())
					.getContentAsString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String getAbsolutePath() {
			return FOLDER + this.name;
		}

		@Override
		public String getAbsolutePathOnDisk() {
			return getAbsolutePath();
		}

		@Override
		public String getFilename() {
			return this.name;
		}

		@Override
		public String getRelativePath() {
			return this.name;
		}

	}

}
