package dev.concertina.state;

import java.time.Instant;

/**
 * A row that could not be copied.
 *
 * @param table the table or leaf partition that holds it, quoted
 * @param key the key of the row, or its position if the table has none
 * @param error what PostgreSQL said at the last attempt
 * @param attempts how often it was tried alone
 * @param triedAt when it was tried last
 */
public record PoisonRow(String table, String key, String error, int attempts, Instant triedAt) {

}
