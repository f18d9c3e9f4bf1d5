package dev.concertina.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of the documentation, a part of which is made by code.
 */
public record Page(Path file) {

	private static final String BEGIN = "<!-- generated -->\n";

	private static final String END = "<!-- end -->\n";

	public static Page of(String name) {
		return new Page(root().resolve("docs").resolve(name));
	}

	public static Page readme() {
		return new Page(root().resolve("README.md"));
	}

	public static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("docs/adr"))) {
			folder = Objects.requireNonNull(folder.getParent(), "Run it below the root of the project");
		}
		return folder;
	}

	public String text() {
		return new GeneratedFile(this.file).text();
	}

	/**
	 * Returns the first block of code in a language.
	 */
	public String block(String language) {
		Matcher block = Pattern.compile("```%s\n(.*?)```".formatted(language), Pattern.DOTALL).matcher(text());
		assertThat(block.find()).as("%s has a block of %s", this.file, language).isTrue();
		return block.group(1);
	}

	/**
	 * Asserts that the generated part is what the code makes now, or makes it so.
	 */
	public void assertGenerated(String wanted) {
		String text = text();
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END, begin);
		assertThat(end).as("%s has a generated part between %s and %s", this.file, BEGIN, END).isPositive();
		new GeneratedFile(this.file).assertHolds(text.substring(0, begin) + wanted + text.substring(end));
	}

}
