package dev.concertina.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The SQL scripts of an application, in a directory of their own.
 */
public record Scripts(Path directory) {

	/**
	 * Writes or overwrites a script, for example {@code V1__customer.sql}.
	 */
	public Scripts script(String name, String sql) {
		try {
			Files.writeString(this.directory.resolve(name), sql);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the directory as Flyway takes it.
	 */
	public String location() {
		return "filesystem:" + this.directory;
	}

}
