package dev.concertina.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * All observations. Each is a span of a trace, and a timer with the same name.
 */
enum ConcertinaObservation implements ObservationDocumentation {

	BATCH("concertina.batch",
			"A batch: from the claim of its chunk to the end of its transaction, which is as long as its rows may be locked"),

	PHASE("concertina.phase",
			"What this instance does in BACKFILL, VERIFY or CONTRACT, until the phase is over or something stops it");

	private final String name;

	private final String description;

	ConcertinaObservation(String name, String description) {
		this.name = name;
		this.description = description;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return new KeyName[] { MeterTag.CHANGE, MeterTag.PHASE, MeterTag.OUTCOME };
	}

	String description() {
		return this.description;
	}

}
