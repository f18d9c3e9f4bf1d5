package dev.concertina.testing;

/**
 * A table that a test asserts on, named as in SQL, with or without its schema.
 */
public record TestTable(TestDatabase database, String name) {

}
