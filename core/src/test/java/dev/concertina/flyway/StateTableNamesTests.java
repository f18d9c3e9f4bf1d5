package dev.concertina.flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.testing.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schema of the state has the name that was configured, so that nothing in the main
 * sources may call one of its tables by the default.
 */
class StateTableNamesTests {

	private static final Path INSTALLED = Page.root()
		.resolve("core/src/main/resources/dev/concertina/state/V1__state.sql");

	private static final Pattern MADE = Pattern.compile("CREATE (?:TABLE|FUNCTION) (\\w+)");

	@Test
	void areReadFromTheScriptThatMakesThem() throws IOException {
		assertThat(names()).contains("change", "poison_row", "claim_chunk", "installation").hasSizeGreaterThan(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "core", "spring-boot-starter", "sample-app" })
	void areNotQualifiedByTheDefault(String module) throws IOException {
		assertThat(qualified(Page.root().resolve(module).resolve("src/main"))).isEmpty();
	}

	private static List<String> qualified(Path sources) throws IOException {
		// neither a package nor a call nor a longer name of a property or a meter
		Pattern qualified = Pattern
			.compile("(?<![\\w.])\"?concertina\"?\\.\"?(?:%s)\\b(?![.(-])".formatted(String.join("|", names())));
		try (Stream<Path> files = Files.walk(sources)) {
			return files.filter(StateTableNamesTests::isText)
				.flatMap((file) -> text(file).lines()
					.filter((line) -> qualified.matcher(line).find())
					.map((line) -> "%s: %s".formatted(file.getFileName(), line.strip())))
				.toList();
		}
	}

	private static boolean isText(Path file) {
		return file.toString().endsWith(".java") || file.toString().endsWith(".sql");
	}

	/**
	 * Those of the script, and those in which Flyway remembers what it has run.
	 */
	private static List<String> names() throws IOException {
		return Stream
			.concat(MADE.matcher(Files.readString(INSTALLED)).results().map((made) -> made.group(1)),
					Stream.of("schema_history", "contract_history"))
			.toList();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
