package dev.concertina.state;

/**
 * How a change stands in its phase.
 */
public enum Status {

	/** Work goes on, or waits for the gate of the next phase. */
	RUNNING,

	/** A person has stopped it; it goes on when it is resumed. */
	PAUSED,

	/** It can't go on until a person has removed the cause and resumed it. */
	FAILED,

	/** The gate of the contract was passed; the old structure is being dropped. */
	CONTRACTING,

	/**
	 * The old structure is out of sight, and still kept in step; it is dropped later, or
	 * brought back.
	 */
	RETIRED,

	/** The old structure is being brought back. */
	UNRETIRING,

	/**
	 * The old structure can't be brought back until a person has removed the cause and
	 * resumed it. It is not dropped any more.
	 */
	UNRETIRE_FAILED,

	/** The old structure is gone, nothing is left to do. */
	COMPLETED,

	/** The new structure is being removed. */
	ROLLING_BACK,

	/**
	 * The new structure can't be removed until a person has removed the cause and resumed
	 * it. The change does not go forward any more.
	 */
	ROLLBACK_FAILED,

	/** The new structure is gone; the old one is as it was. */
	ROLLED_BACK;

	/**
	 * Return whether nothing will happen any more.
	 * @return {@code true} for the two ends
	 */
	public boolean isFinal() {
		return this == COMPLETED || this == ROLLED_BACK;
	}

	/**
	 * Return whether a change may come here that has dropped something: it only goes on.
	 * @return {@code true} for the contract and its end, also if it fails
	 */
	boolean isFinishing() {
		return this == CONTRACTING || this == FAILED || this == COMPLETED;
	}

	/**
	 * Return whether a person has to remove a cause.
	 * @return {@code true} for a change or a rollback that failed
	 */
	public boolean isFailed() {
		return this == FAILED || this == ROLLBACK_FAILED || this == UNRETIRE_FAILED;
	}

	/**
	 * Return what work becomes that fails.
	 * @return the status of the failure: the direction is kept
	 */
	public Status failed() {
		return switch (this) {
			case ROLLING_BACK -> ROLLBACK_FAILED;
			case UNRETIRING -> UNRETIRE_FAILED;
			default -> FAILED;
		};
	}

}
