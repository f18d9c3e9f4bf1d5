package dev.concertina.plan;

/**
 * Who carries a write to the other structure, from the expand to the contract.
 */
public enum KeptBy {

	/** Triggers, which see every write. */
	TRIGGERS,

	/** The application: it writes both structures in one transaction. */
	APPLICATION

}
