package dev.concertina.docs;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.concertina.testing.GeneratedFile;
import dev.concertina.testing.Page;

/**
 * What the sources say about records and their components.
 */
final class Javadoc {

	private Javadoc() {
	}

	static Optional<String> of(AnnotatedElement element) {
		if (element instanceof RecordComponent component) {
			return comment(component.getDeclaringRecord())
				.flatMap((comment) -> first("@param %s (.*?)(?=@param|$)".formatted(component.getName()), comment))
				.map(String::strip);
		}
		return comment((Class<?>) element).map((comment) -> comment.split("<p>|@param", 2)[0].strip());
	}

	private static Optional<String> comment(Class<?> type) {
		String source = type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
		Path file = Page.root().resolve("core/src/main/java").resolve(source);
		return first("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public )?record %s\\(".formatted(type.getSimpleName()),
				new GeneratedFile(file).text())
			.map((comment) -> comment.replaceAll("\\s+(\\*\\s+)*", " ").replaceAll("\\{@\\w+ ([^}]*)}", "$1"));
	}

	private static Optional<String> first(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
		return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
	}

}
