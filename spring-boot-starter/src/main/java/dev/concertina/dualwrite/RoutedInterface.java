package dev.concertina.dualwrite;

/**
 * An interface and the two beans that implement it.
 *
 * @param type the interface
 * @param oldSide the bean of the old structure
 * @param newSide the bean of the new structure
 */
record RoutedInterface(Class<?> type, MarkedBean oldSide, MarkedBean newSide) {

	MarkedBean side(Side side) {
		return (side == Side.OLD) ? this.oldSide : this.newSide;
	}

}
