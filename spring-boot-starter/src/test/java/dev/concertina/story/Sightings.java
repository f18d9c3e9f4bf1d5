package dev.concertina.story;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.core.ThrowingRunnable;

import dev.concertina.prometheus.AlertRules;
import dev.concertina.prometheus.Dashboard;
import dev.concertina.prometheus.Dashboard.Shown;
import dev.concertina.prometheus.PrometheusServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody has seen of a change who looks at the dashboard, and is told of the
 * alerts.
 */
final class Sightings {

	private final PrometheusServer prometheus;

	private final String change;

	private final List<Shown> dashboard;

	private final Set<Shown> numbers = new HashSet<>();

	private final Set<String> alerts = new HashSet<>();

	private final Set<String> repeated = new HashSet<>();

	Sightings(PrometheusServer prometheus, String change) {
		this.prometheus = prometheus;
		this.change = change;
		this.dashboard = Dashboard.shown(Map.of("change", change, "__rate_interval", "15s"));
	}

	void awaitAlert(String name) {
		await(() -> assertThat(this.prometheus.alerts(this.change)).contains(name));
	}

	void awaitNoAlert(String name) {
		await(() -> assertThat(this.prometheus.alerts(this.change)).doesNotContain(name));
	}

	/**
	 * Looks until all that the dashboard shows under some titles has numbers above zero.
	 */
	void awaitNumbers(String... titles) {
		for (String title : titles) {
			List<Shown> shown = this.dashboard.stream().filter((panel) -> panel.title().startsWith(title)).toList();
			assertThat(shown).as(title).isNotEmpty();
			await(() -> assertThat(shown)
				.allSatisfy((panel) -> assertThat(this.prometheus.query(panel.expression())).as(panel.title())
					.isNotEmpty()
					.anyMatch((value) -> value > 0)));
		}
	}

	/**
	 * Asserts that nothing on the dashboard stayed empty for the whole time, and that
	 * each alert was raised, by several instances only once.
	 */
	void assertComplete() {
		assertThat(this.dashboard).allSatisfy((panel) -> assertThat(this.numbers).contains(panel));
		assertThat(AlertRules.names()).allSatisfy((alert) -> assertThat(this.alerts).contains(alert));
		assertThat(this.repeated).as("alerts that each instance raises for itself").isEmpty();
		assertThat(this.prometheus.healthyRules()).containsExactlyElementsOf(AlertRules.names());
	}

	private void await(ThrowingRunnable assertion) {
		Customers.await().pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
			look();
			assertion.run();
		});
	}

	private void look() {
		List<String> now = this.prometheus.alerts(this.change);
		this.alerts.addAll(now);
		now.stream().filter((alert) -> Collections.frequency(now, alert) > 1).forEach(this.repeated::add);
		this.dashboard.stream()
			.filter((panel) -> this.prometheus.query(panel.expression()).stream().anyMatch((value) -> !value.isNaN()))
			.forEach(this.numbers::add);
	}

}
