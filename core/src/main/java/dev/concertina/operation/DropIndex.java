package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Index;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;

/**
 * Drops an index, beside reads and writes unless its table is partitioned.
 *
 * @param index the name of the index, with its schema unless that is in the search path
 */
public record DropIndex(TableName index) implements Operation {

	/**
	 * Return the operation.
	 * @param index the name of the index
	 * @return the operation
	 */
	public static DropIndex of(String index) {
		return new DropIndex(TableName.of(index));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Index found = Existing.droppableIndex(before, plan, this.index);
		plan.contract(drop(before, found));
		return before;
	}

	private static Ddl drop(Schema schema, Index index) {
		String description = "drop index %s of %s".formatted(index.name(), index.table());
		String name = index.name().quoted();
		return (index.kind() == Index.Kind.PARTITIONED)
				? Ddl.destructive(description, Partitions.exclusive(schema, index.table()),
						List.of("DROP INDEX IF EXISTS " + name))
				: Ddl.destructiveConcurrent(description, index.table(), "DROP INDEX CONCURRENTLY IF EXISTS " + name);
	}

}
