package dev.concertina.operation;

/**
 * Who gives an identity column its values.
 */
public enum Identity {

	/** PostgreSQL alone, unless an INSERT says {@code OVERRIDING SYSTEM VALUE}. */
	ALWAYS,

	/** PostgreSQL, unless an INSERT gives one. */
	BY_DEFAULT;

	String sql() {
		return name().replace('_', ' ');
	}

}
