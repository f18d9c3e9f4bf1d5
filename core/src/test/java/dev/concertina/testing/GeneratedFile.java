package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that code makes and people read, kept beside the sources.
 */
public record GeneratedFile(Path file) {

	private static final String WRITE = "concertina.docs.write";

	public String text() {
		try {
			return Files.exists(this.file) ? Files.readString(this.file).replace("\r\n", "\n") : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Asserts that the file holds what the code makes now, or makes it so if that is
	 * asked for.
	 */
	public void assertHolds(String wanted) {
		if (Boolean.getBoolean(WRITE)) {
			write(wanted);
		}
		assertThat(text())
			.as("%s is stale: run this test with -D%s=true, and read what it has changed", this.file, WRITE)
			.isEqualTo(wanted);
	}

	private void write(String text) {
		try {
			Files.createDirectories(this.file.toAbsolutePath().getParent());
			Files.writeString(this.file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
