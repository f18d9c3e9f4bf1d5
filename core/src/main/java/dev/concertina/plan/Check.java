package dev.concertina.plan;

import dev.concertina.schema.TableName;

/**
 * How equality is proved for a range.
 *
 * @param description what it proves, for people
 * @param source the table whose rows are compared
 * @param comparison a query that yields one row per row of the range: {@code key} (text)
 * and {@code difference} (NULL if equal, else {@code missing}, {@code different} or
 * {@code extra})
 */
public record Check(String description, TableName source, RangedSql comparison) implements Step {

}
