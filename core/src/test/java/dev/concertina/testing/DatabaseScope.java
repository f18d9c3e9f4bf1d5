package dev.concertina.testing;

/**
 * How long a test's database lives.
 */
public enum DatabaseScope {

	PER_METHOD, PER_CLASS

}
