package dev.concertina.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.yaml.snakeyaml.Yaml;

/**
 * The alerts that come with the starter.
 */
public final class AlertRules {

	private static final String FILE = "concertina-alerts.yml";

	private AlertRules() {
	}

	public static String text() {
		return text("/META-INF/concertina/" + FILE);
	}

	/**
	 * Returns all rules, as they are written.
	 */
	public static List<Map<String, Object>> all() {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(text());
		return Objects.requireNonNull(file.get("groups"))
			.stream()
			.flatMap((group) -> Objects.requireNonNull(group.get("rules")).stream())
			.toList();
	}

	public static List<String> names() {
		return all().stream().map((rule) -> String.valueOf(rule.get("alert"))).toList();
	}

	public static Path copyTo(Path folder) {
		return write(folder.resolve(FILE), text());
	}

	/**
	 * Copies what tells when they fire and when they do not, and returns the names of the
	 * files.
	 */
	public static List<String> copyTestsTo(Path folder) {
		List<String> files = List.of("concertina-alerts-tests.yml", "concertina-contract-tests.yml");
		files.forEach((file) -> write(folder.resolve(file), text("/monitoring/" + file)));
		return files;
	}

	private static Path write(Path file, String text) {
		try {
			return Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(String resource) {
		try (InputStream stream = Objects.requireNonNull(AlertRules.class.getResourceAsStream(resource), resource)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
