package dev.concertina.plan;

/**
 * The phases of every change, in their order.
 */
public enum Phase {

	/** The new structure is added beside the old one. */
	EXPAND,

	/** Every write to one structure reaches the other. */
	DUAL_WRITE,

	/** The existing rows are copied, then indexed and constrained. */
	BACKFILL,

	/** Both structures are compared, row by row. */
	VERIFY,

	/** The old structure is dropped. */
	CONTRACT;

	/**
	 * Return whether the phase runs at startup, inside the application's own Flyway
	 * history.
	 * @return {@code true} for the phases that only touch metadata
	 */
	public boolean isStartup() {
		return this == EXPAND || this == DUAL_WRITE;
	}

}
