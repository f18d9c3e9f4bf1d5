package dev.concertina.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import dev.concertina.prometheus.AlertRules;
import dev.concertina.prometheus.Dashboard;
import dev.concertina.testing.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that lists all meters, and the one that says what to make of them.
 */
class MetricsPageTests {

	@Test
	void listsThemAsTheyAre() {
		Page.of("metrics.md").assertGenerated(generated());
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
			.allSatisfy((title) -> assertThat(Page.of("monitoring.md").text()).containsOnlyOnce(title));
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

}
