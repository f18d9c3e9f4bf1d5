package dev.concertina;

import dev.concertina.change.ChangeId;

/**
 * Which structures of a change code shall read and write, at one moment.
 *
 * @param change the change
 * @param writes where a write goes
 * @param readShare the percentage of reads that the new structure answers
 */
public record ChangeState(ChangeId change, Writes writes, int readShare) {

	/**
	 * Return whether a write goes to the old structure.
	 * @return {@code true} until only the new one is written
	 */
	public boolean writesOld() {
		return this.writes == Writes.OLD || this.writes == Writes.BOTH || (this.writes == Writes.ONE && !answersNew());
	}

	/**
	 * Return whether a write goes to the new structure.
	 * @return {@code true} once both are written, or the new one is in charge
	 */
	public boolean writesNew() {
		return this.writes == Writes.BOTH || answersNew();
	}

	/**
	 * Return whether the new structure is the one in charge, whose answer to a write
	 * counts.
	 * @return {@code true} if it is written alone, or all reads go to it
	 */
	public boolean answersNew() {
		return this.writes == Writes.NEW || (areBothThere() && this.readShare == 100);
	}

	/**
	 * Return whether the new structure answers a read.
	 * @param bucket where the read belongs, from 0 to 99; the same for what shall stay on
	 * one side
	 * @return {@code true} if the bucket is within the share
	 */
	public boolean readsNew(int bucket) {
		return this.writes == Writes.NEW || (areBothThere() && bucket < this.readShare);
	}

	private boolean areBothThere() {
		return this.writes == Writes.BOTH || this.writes == Writes.ONE;
	}

	/**
	 * Where a write goes.
	 */
	public enum Writes {

		/** To the old structure: the new one is not kept in step yet, or not any more. */
		OLD,

		/** To both, in one transaction. */
		BOTH,

		/** To the one in charge: triggers carry it to the other. */
		ONE,

		/** To the new structure: the old one is gone, or about to go. */
		NEW

	}

}
