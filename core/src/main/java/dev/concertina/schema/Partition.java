package dev.concertina.schema;

/**
 * A part of a partitioned table.
 *
 * @param name its qualified name
 * @param parent the partitioned table that it is a part of, itself perhaps a part
 * @param leaf whether it holds rows, and not partitions
 */
public record Partition(TableName name, TableName parent, boolean leaf) {

}
