package dev.concertina.dualwrite;

/**
 * What a method does to a structure.
 */
enum Access {

	READ, WRITE

}
