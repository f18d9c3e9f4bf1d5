package dev.concertina.operation;

/**
 * How the value of a column decides on the partition of a row.
 */
public enum PartitionMethod {

	/** Rows of one period of time. */
	RANGE,

	/** Rows with some values. */
	LIST,

	/** Rows spread evenly. */
	HASH

}
