package dev.concertina.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;

/**
 * A file of the page, as it is in the jar.
 *
 * @param name its name
 * @param type what it is
 * @param text what is in it
 * @param tag what it is known by in caches
 */
record ConsoleFile(String name, MediaType type, String text, String tag) {

	static final String PAGE = "index.html";

	/** Whatever is not named here is not served. */
	private static final List<String> NAMES = List.of(PAGE, "console.css", "icon.svg", "console.js", "actions.js",
			"change.js", "charts.js", "dialog.js", "dom.js", "endpoint.js", "facts.js", "fleet.js", "format.js",
			"list.js", "progress.js", "standing.js", "track.js", "trail.js");

	static List<ConsoleFile> all() {
		return NAMES.stream().map(ConsoleFile::load).toList();
	}

	private static ConsoleFile load(String name) {
		try (InputStream stream = ConsoleFile.class.getResourceAsStream("page/" + name)) {
			if (stream == null) {
				throw new IllegalStateException("The jar lacks %s of the console".formatted(name));
			}
			byte[] content = stream.readAllBytes();
			return new ConsoleFile(name, type(name), new String(content, StandardCharsets.UTF_8),
					"\"%s\"".formatted(DigestUtils.md5DigestAsHex(content)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static MediaType type(String name) {
		String extension = name.substring(name.lastIndexOf('.') + 1);
		return switch (extension) {
			case "html" -> new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
			case "css" -> new MediaType("text", "css", StandardCharsets.UTF_8);
			case "js" -> new MediaType("text", "javascript", StandardCharsets.UTF_8);
			default -> new MediaType("image", "svg+xml");
		};
	}

}
