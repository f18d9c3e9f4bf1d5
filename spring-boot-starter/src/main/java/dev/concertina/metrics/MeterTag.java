package dev.concertina.metrics;

import io.micrometer.common.docs.KeyName;

/**
 * What meters and observations are told apart by. Each has few values.
 */
enum MeterTag implements KeyName {

	/** The id of the change. */
	CHANGE("change"),

	/** A phase of a change. */
	PHASE("phase"),

	/** How a change stands in its phase. */
	STATUS("status"),

	/** The signal that asks for a pause, without what it has measured. */
	REASON("reason"),

	/** How work has ended. */
	OUTCOME("outcome");

	private final String key;

	MeterTag(String key) {
		this.key = key;
	}

	@Override
	public String asString() {
		return this.key;
	}

}
