package dev.concertina.testing;

/**
 * A step with its place: {@code A2} is the second step of session A.
 */
record Turn(Side side, int number, Step step) {

	enum Side {

		A, B

	}

	String label() {
		return this.side.name() + this.number;
	}

}
