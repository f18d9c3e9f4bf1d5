package dev.concertina.operation;

import java.util.List;

import dev.concertina.change.Operation;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
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
		TableName retired = new Names(plan).retired(name);
		plan.contract(Ddl.retiring("retire table %s".formatted(name), List.of(TableLock.exclusive(name)),
				List.of(rename(name, retired)), List.of(), List.of(rename(retired, name))))
			.contract(Ddl.destructive("drop table %s".formatted(name),
					LockOrder.exclusive(objects.referred(name), List.of(retired)),
					List.of("DROP TABLE " + retired.quoted())))
			.obsolete(name)
			.note("Table %s is dropped with its rows, indexes, triggers and partitions. Functions that name it are not found out."
				.formatted(name));
		return before.without(name);
	}

	private static String rename(TableName from, TableName to) {
		return "ALTER TABLE %s RENAME TO %s".formatted(from.quoted(), Identifier.of(to.name()).quoted());
	}

}
