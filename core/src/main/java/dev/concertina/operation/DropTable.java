package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SchemaObjects;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * Drops a table with its rows, at the contract.
 *
 * @param table the table
 */
public record DropTable(TableName table) implements Operation {

	/**
	 * Return the operation.
	 * @param table the table
	 * @return the operation
	 */
	public static DropTable of(String table) {
		return new DropTable(TableName.of(table));
	}

	@Override
	public Schema compile(Schema before, PlanBuilder plan) {
		Table found = before.table(this.table);
		TableName name = found.name();
		Requirements.ownStructure(found);
		Requirements.untouched(plan, found);
		SchemaObjects objects = before.catalog().objects();
		Requirements.unneeded("Table %s".formatted(name), objects.dependants(name));
		RetiredTable retired = RetiredTable.of(plan, found);
		plan.contract(retired.retire())
			.contract(Ddl.destructive("drop table %s".formatted(name),
					LockOrder.exclusive(objects.referred(name), List.of(retired.table().name())),
					List.of("DROP TABLE " + retired.table().name().quoted())))
			.obsolete(name)
			.note("Table %s is dropped with its rows, indexes, triggers and partitions. Functions that name it are not found out."
				.formatted(name));
		return before.without(name);
	}

}
