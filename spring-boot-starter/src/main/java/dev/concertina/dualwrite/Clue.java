package dev.concertina.dualwrite;

/**
 * What tells that a method reads or writes.
 *
 * @param access what it tells
 * @param what what tells it
 */
record Clue(Access access, String what) {

}
