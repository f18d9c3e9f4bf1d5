package dev.concertina.docs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.docs.ColumnWrite.Column;
import dev.concertina.docs.ColumnWrite.Moment;
import dev.concertina.docs.ColumnWrite.Outcome;

/**
 * The outcomes of writes as a table, one line a write.
 */
final class ColumnWritesMarkdown {

	private ColumnWritesMarkdown() {
	}

	static String of(List<Outcome> outcomes) {
		StringBuilder text = new StringBuilder(
				"<!-- by ColumnWritesIntegrationTests; -Dconcertina.docs.write=true makes it anew -->\n\n");
		text.append(line(Stream.concat(Stream.of("version", "its column"), Stream.of(Column.values())
			.flatMap((column) -> Stream.of(Moment.values()).map((moment) -> "%s: %s".formatted(column, moment))))));
		text.append(line(Stream.generate(() -> "---").limit(8)));
		outcomes.stream()
			.map(Outcome::write)
			.distinct()
			.forEach((write) -> text
				.append(line(Stream.concat(Stream.of(write.version().toString(), write.value().toString()),
						outcomes.stream()
							.filter((outcome) -> outcome.write().equals(write))
							.map(ColumnWritesMarkdown::cell)))));
		return text.append("\n").toString();
	}

	private static String line(Stream<String> cells) {
		return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static String cell(Outcome outcome) {
		String both = "%s, %s".formatted(outcome.oldValue(), outcome.newValue()).replace("null", "NULL");
		return outcome.isMeant() ? both : "**%s**".formatted(both);
	}

}
