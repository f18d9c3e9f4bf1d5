package dev.concertina.dualwrite;

import dev.concertina.change.ChangeId;

/**
 * Wants to know what becomes of shadow reads. It is called on the thread of the reader,
 * when the transaction of that is over.
 */
@FunctionalInterface
public interface ShadowListener {

	/**
	 * Take note of a shadow read.
	 * @param change the change
	 * @param outcome what has become of it
	 */
	void on(ChangeId change, ShadowOutcome outcome);

}
