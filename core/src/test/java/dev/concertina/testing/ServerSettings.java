package dev.concertina.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings a test server starts with: durability off, everything else as PostgreSQL
 * ships it.
 */
record ServerSettings(Map<String, String> values) {

	private static final Map<String, String> DEFAULTS = Map.of("max_connections", "200", "fsync", "off",
			"full_page_writes", "off", "synchronous_commit", "off", "lc_messages", "C", "max_prepared_transactions",
			"10");

	ServerSettings {
		values = Map.copyOf(values);
	}

	static ServerSettings defaults() {
		return new ServerSettings(DEFAULTS);
	}

	ServerSettings with(Map<String, String> more) {
		Map<String, String> merged = new TreeMap<>(this.values);
		merged.putAll(more);
		return new ServerSettings(merged);
	}

	String[] asCommand(String program) {
		List<String> command = new ArrayList<>(List.of(program));
		this.values.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
		return command.toArray(String[]::new);
	}

}
