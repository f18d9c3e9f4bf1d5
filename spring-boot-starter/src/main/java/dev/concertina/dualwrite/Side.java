package dev.concertina.dualwrite;

/**
 * One of the two structures of a change.
 */
enum Side {

	OLD, NEW;

	Side other() {
		return (this == OLD) ? NEW : OLD;
	}

}
