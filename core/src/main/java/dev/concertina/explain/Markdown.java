package dev.concertina.explain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text and code as Markdown has them, whatever they hold.
 */
final class Markdown {

	private static final Pattern SPECIAL = Pattern.compile("[\\\\`*<\\[\\]|]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

	private static final Pattern TICKS = Pattern.compile("`+");

	private Markdown() {
	}

	static String text(String plain) {
		return SPECIAL.matcher(line(plain)).replaceAll((special) -> Matcher.quoteReplacement("\\" + special.group()));
	}

	static String code(String plain) {
		String ticks = "`".repeat(longestTicks(plain) + 1);
		String pad = plain.contains("`") ? " " : "";
		return ticks + pad + line(plain) + pad + ticks;
	}

	static String row(String... cells) {
		return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	static String sql(List<String> statements) {
		String fence = "`"
			.repeat(Math.max(3, statements.stream().mapToInt(Markdown::longestTicks).max().orElse(0) + 1));
		return statements.stream()
			.map((statement) -> statement.strip() + ";\n")
			.collect(Collectors.joining("", fence + "sql\n", fence + "\n"));
	}

	private static String line(String plain) {
		return plain.lines().collect(Collectors.joining(" "));
	}

	private static int longestTicks(String plain) {
		return TICKS.matcher(plain).results().mapToInt((ticks) -> ticks.group().length()).max().orElse(0);
	}

}
