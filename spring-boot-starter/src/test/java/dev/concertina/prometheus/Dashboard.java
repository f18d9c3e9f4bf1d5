package dev.concertina.prometheus;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard that comes with the starter.
 */
public final class Dashboard {

	private Dashboard() {
	}

	public static String text() {
		return AlertRules.text("/META-INF/concertina/grafana-dashboard.json");
	}

	public static List<JsonNode> panels() {
		return JsonMapper.shared().readTree(text()).get("panels").valueStream().toList();
	}

	public static List<JsonNode> variables() {
		return JsonMapper.shared().readTree(text()).get("templating").get("list").valueStream().toList();
	}

	/**
	 * Returns what panels show, with values for the variables.
	 */
	public static List<Shown> shown(Map<String, String> variables) {
		return panels().stream()
			.flatMap((panel) -> panel.get("targets")
				.valueStream()
				.map((target) -> new Shown(
						"%s: %s".formatted(panel.get("title").asString(), target.get("legendFormat").asString()),
						with(target.get("expr").asString(), variables))))
			.toList();
	}

	private static String with(String expression, Map<String, String> variables) {
		String replaced = expression;
		for (Map.Entry<String, String> variable : variables.entrySet()) {
			replaced = replaced.replace("$" + variable.getKey(), variable.getValue());
		}
		return replaced;
	}

	/**
	 * A line or a number.
	 *
	 * @param title the titles of its panel and its own
	 * @param expression what Prometheus is asked
	 */
	public record Shown(String title, String expression) {

	}

}
