package dev.concertina.dualwrite;

/**
 * What has become of a shadow read.
 */
public enum ShadowOutcome {

	/** Both structures give the same answer. */
	AGREED,

	/** They don't. */
	DIFFERED,

	/** The structure that is not in charge could not be read, or compared. */
	FAILED,

	/** There is nothing that could be compared fairly. */
	SKIPPED

}
