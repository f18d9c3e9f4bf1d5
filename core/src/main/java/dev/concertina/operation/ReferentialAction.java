package dev.concertina.operation;

/**
 * What becomes of the rows that refer to a row when that is deleted, or its key is
 * changed.
 */
public enum ReferentialAction {

	/** Refused at the end of the statement, or of the transaction if deferred. */
	NO_ACTION,

	/** Refused at once. */
	RESTRICT,

	/** They are deleted, or follow the key. */
	CASCADE,

	/** Their columns are set to NULL. */
	SET_NULL,

	/** Their columns are set to their defaults. */
	SET_DEFAULT;

	String sql() {
		return name().replace('_', ' ');
	}

}
