package dev.concertina.dualwrite;

/**
 * Who carries a write to the other structure, between the expand and the contract.
 */
public enum KeptBy {

	/** The router: it writes both, in one transaction. */
	APPLICATION,

	/**
	 * The triggers of the change: the router writes the structure that is in charge, and
	 * moves the reads.
	 */
	TRIGGERS

}
