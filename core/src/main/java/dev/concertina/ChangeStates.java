package dev.concertina;

/**
 * Tells code which structures of a change it shall read and write.
 */
@FunctionalInterface
public interface ChangeStates {

	/**
	 * Return how a change stands. Inside a transaction that is read in the transaction,
	 * on its connection: what a transaction does by it is never more than one state old.
	 * @param change the id of the change
	 * @return its state; that of a change that was never expanded writes and reads the
	 * old structure
	 */
	ChangeState state(String change);

}
