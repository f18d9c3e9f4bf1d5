package dev.concertina.change;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.failure.ConcertinaException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChangeFilesTests {

	@TempDir
	private Path folder;

	@Test
	void loadsYamlFilesOfFoldersAndJarsInTheOrderOfTheirNames() throws IOException {
		write("classes/db/evolution/V2__ä b.yaml", "b");
		write("classes/db/evolution/2026/V3__c.yml", "c");
		write("classes/db/evolution/V4.YAML", "d");
		write("classes/db/evolution/README.md", "not this");
		write("classes/db/migration/V5__e.yaml", "nor this");
		jar("library.jar", "db/evolution/V1__a.yaml", "a");
		try (URLClassLoader loader = loader("classes", "library.jar")) {
			assertThat(ChangeFiles.load(loader, "classpath:db/evolution")).containsExactly(
					new ChangeFile("db/evolution/2026/V3__c.yml", "c"), new ChangeFile("db/evolution/V1__a.yaml", "a"),
					new ChangeFile("db/evolution/V2__ä b.yaml", "b"), new ChangeFile("db/evolution/V4.YAML", "d"));
			assertThat(ChangeFiles.load(loader, "db/evolution/")).hasSize(4);
		}
	}

	@Test
	void tellsApartFilesOfOneNameByTheirUrls() throws IOException {
		write("classes/db/evolution/V1__a.yaml", "a");
		jar("library.jar", "db/evolution/V1__a.yaml", "b");
		try (URLClassLoader loader = loader("classes", "library.jar")) {
			assertThat(ChangeFiles.load(loader, "classpath:db/evolution")).extracting(ChangeFile::name)
				.satisfiesExactly(
						(name) -> assertThat(name).startsWith("file:").endsWith("/classes/db/evolution/V1__a.yaml"),
						(name) -> assertThat(name).startsWith("jar:").endsWith("library.jar!/db/evolution/V1__a.yaml"));
		}
	}

	@Test
	void loadsFilesOfTheFileSystem() throws IOException {
		write("V1__a.yaml", "a");
		assertThat(ChangeFiles.load(getClass().getClassLoader(), "filesystem:" + this.folder))
			.containsExactly(new ChangeFile(this.folder + "/V1__a.yaml", "a"));
		assertThat(ChangeFiles.load(getClass().getClassLoader(), this.folder.toUri().toString()))
			.extracting(ChangeFile::text)
			.containsExactly("a");
	}

	@Test
	void loadsNothingWhereThereIsNoFolder() {
		assertThat(ChangeFiles.load(getClass().getClassLoader(), "classpath:db/evolution")).isEmpty();
		assertThat(ChangeFiles.load(getClass().getClassLoader(), "filesystem:" + this.folder + "/none")).isEmpty();
	}

	@Test
	void refusesWhatIsNotWrittenInUtf8() throws IOException {
		Files.write(this.folder.resolve("V1__a.yaml"), "ä".getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> ChangeFiles.load(getClass().getClassLoader(), "filesystem:" + this.folder))
			.withMessageContaining("/V1__a.yaml can't be read")
			.satisfies((ex) -> assertThat(ex.action()).contains("UTF-8"));
	}

	private void write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void jar(String name, String entry, String text) throws IOException {
		try (OutputStream file = Files.newOutputStream(this.folder.resolve(name));
				JarOutputStream jar = new JarOutputStream(file)) {
			String[] folders = entry.split("/", -1);
			StringBuilder path = new StringBuilder();
			for (int depth = 0; depth < folders.length - 1; depth++) {
				jar.putNextEntry(new ZipEntry(path.append(folders[depth]).append('/').toString()));
			}
			jar.putNextEntry(new ZipEntry(entry));
			jar.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	private URLClassLoader loader(String... names) throws IOException {
		URL[] urls = new URL[names.length];
		for (int number = 0; number < names.length; number++) {
			File file = this.folder.resolve(names[number]).toFile();
			urls[number] = file.toURI().toURL();
		}
		return new URLClassLoader(urls, null);
	}

}
