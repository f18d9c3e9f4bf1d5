package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The file that takes everything a child JVM prints.
 */
record ChildOutput(Path file) {

	private static final Path DIRECTORY = Path.of("target", "child-jvms");

	static ChildOutput of(JvmLaunch launch) throws IOException {
		Files.createDirectories(DIRECTORY);
		return new ChildOutput(Files.createTempFile(DIRECTORY, launch.main().getSimpleName() + "-", ".log"));
	}

	/**
	 * Returns the complete lines, without one that is still being written.
	 */
	List<String> lines() {
		try {
			String text = Files.readString(this.file);
			return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Optional<String> firstLine(Predicate<String> wanted) {
		return lines().stream().filter(wanted).findFirst();
	}

	@Override
	public String toString() {
		return "%s:%n%s".formatted(this.file, String.join("\n", lines()));
	}

}
