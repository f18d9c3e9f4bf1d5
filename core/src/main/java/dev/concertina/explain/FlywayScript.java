package dev.concertina.explain;

/**
 * A file for Flyway alone.
 *
 * @param name its name
 * @param text what it holds
 */
public record FlywayScript(String name, String text) {

}
