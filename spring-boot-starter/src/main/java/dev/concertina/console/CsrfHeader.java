package dev.concertina.console;

/**
 * The header without which a write is refused.
 *
 * @param name its name
 * @param token its value
 */
public record CsrfHeader(String name, String token) {

}
