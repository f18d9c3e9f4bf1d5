package dev.concertina.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.concertina.schema.Identifier;

/**
 * The session settings that decide what an expression means, pinned when a change is
 * compiled, so that a writer's trigger, a batch and a check compute the same value in
 * every session: where names are found, and how times and intervals are read and written.
 *
 * @param values name and value of each setting
 * @param bypassesTriggers whether batches fire no triggers, neither those of users nor
 * those of foreign keys: an operation whose batches write what a foreign key or another
 * deferrable constraint is about must refuse that
 */
public record Settings(Map<String, String> values, boolean bypassesTriggers) {

	/** A search path without schemas, which takes no other beside it. */
	private static final String NO_SCHEMA = "''";

	public Settings {
		values = Map.copyOf(values);
	}

	/**
	 * Return the settings for expressions whose names are found in a search path. The
	 * schema of temporary objects comes last: unless it is named it comes first, and a
	 * writer could put a type of his own into a function that runs with other rights.
	 * @param searchPath the search path as SQL takes it
	 * @return the settings: the search path, and UTC and ISO for times
	 */
	public static Settings of(String searchPath) {
		String schemas = searchPath.equals(NO_SCHEMA) ? "pg_temp" : searchPath + ", pg_temp";
		return new Settings(
				Map.of("search_path", schemas, "TimeZone", "UTC", "DateStyle", "ISO, YMD", "IntervalStyle", "postgres"),
				false);
	}

	/**
	 * Return the settings for batches that fire no triggers.
	 * @return the settings
	 */
	public Settings bypassingTriggers() {
		return new Settings(this.values, true);
	}

	/**
	 * Return the clauses that pin the settings of a function.
	 * @return {@code SET name FROM value …}
	 */
	public String functionClauses() {
		return String.join("\n ", statements());
	}

	/**
	 * Return the statements that pin the settings of a session.
	 * @return {@code SET name = value} for each
	 */
	public List<String> statements() {
		return new TreeMap<>(this.values).entrySet()
			.stream()
			.map((setting) -> "SET %s = %s".formatted(setting.getKey(),
					setting.getKey().equals("search_path") ? setting.getValue()
							: Identifier.literal(setting.getValue())))
			.toList();
	}

}
