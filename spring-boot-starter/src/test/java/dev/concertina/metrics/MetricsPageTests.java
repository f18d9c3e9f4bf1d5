package dev.concertina.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import dev.concertina.prometheus.AlertRules;
import dev.concertina.prometheus.Dashboard;
import dev.concertina.testing.GeneratedFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that lists all meters, and the one that says what to make of them.
 */
class MetricsPageTests {

	private static final String BEGIN = "<!-- generated -->\n";

	private static final String END = "<!-- end -->\n";

	@Test
	void listsThemAsTheyAre() {
		GeneratedFile page = new GeneratedFile(docs().resolve("metrics.md"));
		String text = page.text();
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END, begin);
		assertThat(end).as("the page has a generated part between %s and %s", BEGIN, END).isPositive();
		page.assertHolds(text.substring(0, begin) + generated() + text.substring(end));
	}

	@Test
	void hasWhateverTheDashboardAndTheAlertsAskFor() {
		String asked = Dashboard.text() + AlertRules.text();
		assertThat(Stream.of(asked.split("\\W+")).filter((word) -> word.startsWith("concertina_")).distinct())
			.hasSizeGreaterThan(15)
			.filteredOn((word) -> !"concertina_".equals(word))
			.isSubsetOf(PrometheusNames.all().toList());
	}

	@Test
	void sayWhatToDoAboutEachAlert() {
		assertThat(AlertRules.names()).map("### %s\n"::formatted)
			.allSatisfy((title) -> assertThat(new GeneratedFile(docs().resolve("monitoring.md")).text())
				.containsOnlyOnce(title));
	}

	private static String generated() {
		return """
				<!-- by MetricsPageTests; -Dconcertina.docs.write=true makes it anew -->

				| meter | in Prometheus | type | base unit | tags | what it tells |
				|---|---|---|---|---|---|
				%s
				| observation | in Prometheus | keys | what it tells |
				|---|---|---|---|
				%s
				""".formatted(lines(Stream.of(ConcertinaMeter.values()).map(MetricsPageTests::line)),
				lines(Stream.of(ConcertinaObservation.values()).map(MetricsPageTests::line)));
	}

	private static String lines(Stream<String> lines) {
		return lines.collect(Collectors.joining());
	}

	private static String line(ConcertinaMeter meter) {
		return "| `%s` | %s | %s | %s | %s | %s |\n".formatted(meter.getName(), code(PrometheusNames.of(meter)),
				meter.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
				Objects.requireNonNullElse(meter.getBaseUnit(), "–"), keys(meter.getKeyNames()), meter.description());
	}

	private static String line(ConcertinaObservation observation) {
		return "| `%s` | %s | %s | %s |\n".formatted(observation.getName(), code(PrometheusNames.of(observation)),
				keys(observation.getLowCardinalityKeyNames()), observation.description());
	}

	private static String keys(KeyName... keys) {
		return (keys.length > 0) ? code(Stream.of(keys).map(KeyName::asString).toList()) : "–";
	}

	private static String code(List<String> names) {
		return names.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
	}

	private static Path docs() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("docs/adr"))) {
			folder = Objects.requireNonNull(folder.getParent(), "Run it below the root of the project");
		}
		return folder.resolve("docs");
	}

}
