package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.plan.TableLock;
import dev.concertina.schema.Partition;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * The partitions of a table, which are locked where the table is.
 */
final class Partitions {

	private Partitions() {
	}

	/**
	 * Return the partitions of all levels, none for an ordinary table.
	 */
	static List<TableName> of(Schema schema, Table table) {
		return (table.kind() == Table.Kind.PARTITIONED) ? partitions(schema, table.name()).toList() : List.of();
	}

	/**
	 * Return a table with its partitions.
	 */
	static Stream<TableName> and(Schema schema, TableName table) {
		return Stream.concat(Stream.of(table), partitions(schema, table));
	}

	/**
	 * Return the locks that keep everybody out of a table and its partitions.
	 */
	static List<TableLock> exclusive(Schema schema, TableName table) {
		return and(schema, table).map(TableLock::exclusive).toList();
	}

	private static Stream<TableName> partitions(Schema schema, TableName table) {
		return schema.catalog().partitions(table).stream().map(Partition::name);
	}

}
