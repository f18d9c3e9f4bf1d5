package dev.concertina.plan;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.concertina.schema.Identifier;

/**
 * The session settings that decide what an expression means, pinned when a change is
 * compiled, so that a writer's trigger, a batch and a check compute the same value in
 * every session: where names are found, and how times and intervals are read and written.
 *
 * @param values name and value of each setting
 */
public record Settings(Map<String, String> values) {

	public Settings {
		values = Map.copyOf(values);
	}

	/**
	 * Return the settings for expressions whose names are found in a search path.
	 * @param searchPath the search path as SQL takes it
	 * @return the settings: the search path, and UTC and ISO for times
	 */
	public static Settings of(String searchPath) {
		return new Settings(Map.of("search_path", searchPath, "TimeZone", "UTC", "DateStyle", "ISO, YMD",
				"IntervalStyle", "postgres"));
	}

	/**
	 * Return the clauses that pin the settings of a function.
	 * @return {@code SET name FROM value …}
	 */
	public String functionClauses() {
		return new TreeMap<>(this.values).entrySet()
			.stream()
			.map((setting) -> "SET %s = %s".formatted(setting.getKey(),
					setting.getKey().equals("search_path") ? setting.getValue()
							: Identifier.literal(setting.getValue())))
			.collect(Collectors.joining("\n "));
	}

}
