package dev.concertina.change;

import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The name of a change.
 *
 * @param value letters, digits, {@code _} and {@code -}, at most 100
 */
public record ChangeId(String value) {

	private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

	public ChangeId {
		if (!WRITTEN.matcher(value).matches()) {
			throw new InvalidDefinitionException("'%s' is no id of a change".formatted(value),
					"Use at most 100 letters, digits, _ and -, such as split_order_items.");
		}
	}

	/**
	 * Return the name of a change.
	 * @param value the name
	 * @return the id
	 */
	public static ChangeId of(String value) {
		return new ChangeId(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
