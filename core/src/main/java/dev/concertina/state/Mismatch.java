package dev.concertina.state;

/**
 * A row that is not equal in both structures.
 *
 * @param table the table that was read
 * @param key the key of the row, or its position if the table has none
 * @param kind whether the new structure lacks it, has another one, or one too many
 */
public record Mismatch(String table, String key, String kind) {

}
