package dev.concertina.sample.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, which Maven has brought as an archive in a jar; unpacked
 * once.
 */
final class PostgresBinaries {

	private static final boolean WINDOWS = os().startsWith("windows");

	private final Path directory;

	private PostgresBinaries(Path directory) {
		this.directory = directory;
	}

	static PostgresBinaries unpackedIn(Path parent) throws IOException {
		byte[] archive = archive();
		CRC32 crc = new CRC32();
		crc.update(archive);
		Path directory = parent.resolve("postgresql-%08x".formatted(crc.getValue()));
		if (!Files.isDirectory(directory)) {
			Path unfinished = parent.resolve("unpacking");
			FileSystemUtils.deleteRecursively(unfinished);
			unpack(archive, unfinished);
			Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
		}
		return new PostgresBinaries(directory);
	}

	Path program(String name) {
		return this.directory.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
	}

	boolean contain(Path program) {
		return program.startsWith(this.directory);
	}

	private static byte[] archive() throws IOException {
		String system = WINDOWS ? "Windows" : os().startsWith("mac") ? "Darwin" : "Linux";
		try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system,
				System.getProperty("os.arch"))) {
			return archive.readAllBytes();
		}
	}

	private static void unpack(byte[] archive, Path target) throws IOException {
		try (TarArchiveInputStream entries = new TarArchiveInputStream(
				new XZInputStream(new ByteArrayInputStream(archive)))) {
			TarArchiveEntry entry = entries.getNextEntry();
			while (entry != null) {
				unpack(entries, entry, target.resolve(entry.getName()).normalize());
				entry = entries.getNextEntry();
			}
		}
	}

	private static void unpack(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Path parent = Files.createDirectories(Objects.requireNonNull(file.getParent()));
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(content, file);
		if (parent.endsWith("bin")) {
			file.toFile().setExecutable(true, false);
		}
	}

	private static String os() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT);
	}

}
