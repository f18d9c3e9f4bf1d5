package dev.concertina.change;

import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The place of a change among the migrations of its application.
 *
 * @param value numbers with dots between them, as in Flyway's versions
 */
public record ChangeVersion(String value) {

	private static final Pattern WRITTEN = Pattern.compile("\\d+(\\.\\d+)*");

	public ChangeVersion {
		if (!WRITTEN.matcher(value).matches()) {
			throw new InvalidDefinitionException("'%s' is no version".formatted(value),
					"Use numbers with dots between them, such as 12 or 2026.11.1.");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
