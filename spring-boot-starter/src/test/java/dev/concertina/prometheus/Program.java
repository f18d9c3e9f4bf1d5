package dev.concertina.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A program that comes with Prometheus. A test that needs it is skipped where it is not
 * installed, but for continuous integration ({@code CI=true}), where it fails.
 */
public enum Program {

	PROMETHEUS("prometheus"),

	PROMTOOL("promtool");

	private final String file;

	Program(String file) {
		this.file = file;
	}

	/**
	 * Ends the test if it is not installed.
	 */
	void require() {
		path();
	}

	/**
	 * Starts it, with what it says in a file.
	 */
	Process start(Path output, String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		command.add(0, path().toString());
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs it to its end, and returns what it says.
	 */
	public String run(Path folder, String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		command.add(0, path().toString());
		try {
			Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.onExit().join().exitValue()).as("%s says: %s", command, said).isZero();
			return said;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path path() {
		Optional<Path> path = Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
			.map((folder) -> Path.of(folder, this.file))
			.filter(Files::isExecutable)
			.findFirst();
		if (path.isEmpty()) {
			String missing = "%s is not installed (Debian: apt-get install prometheus)".formatted(this.file);
			assertThat(Boolean.parseBoolean(System.getenv("CI"))).as("this may be skipped: " + missing).isFalse();
			assumeTrue(false, missing);
		}
		return path.orElseThrow();
	}

}
