package dev.concertina.chunk;

/**
 * A row that a batch could not work on, while it has done all others.
 *
 * @param tid its position in its table or leaf partition, such as {@code (0,1)}
 * @param error what is wrong with it, for people
 */
public record FailedRow(String tid, String error) {

}
