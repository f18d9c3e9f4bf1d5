package dev.concertina.schema;

/**
 * The sequence that fills a column.
 *
 * @param name its qualified name
 * @param identity how the column is an identity: {@code ALWAYS} or {@code BY DEFAULT};
 * empty if it has the sequence in its default
 * @param options the options of the sequence but its type and limits, as SQL
 */
public record OwnedSequence(TableName name, String identity, String options) {

}
