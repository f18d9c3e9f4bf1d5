package dev.concertina.operation;

import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.Table;

/**
 * Columns that are split or merged: what an old one has goes with it, as no new one is in
 * its place alone.
 *
 * @param mapping old and new columns
 */
record ColumnRegrouping(ColumnMapping mapping) {

	Schema addTo(Schema before, PlanBuilder plan) {
		return addTo(before, plan, "true");
	}

	/**
	 * Add the steps.
	 * @param complete the condition that the old columns of a row hold nothing but what
	 * the new ones take over
	 */
	Schema addTo(Schema before, PlanBuilder plan, String complete) {
		Table table = this.mapping.table();
		Requirements.chunks(table);
		for (Column old : ColumnMapping.columns(this.mapping.from())) {
			Requirements.alone(plan, table, old.name());
			Requirements.replaceable(before, table, old);
			Requirements.expendable(before, plan, table, old);
		}
		for (Column added : ColumnMapping.columns(this.mapping.to())) {
			table.requireFree(added.name());
			Requirements.alone(plan, table, added.name());
			Requirements.addedAtOnce(before, table, added);
			Requirements.lastToFire(before, table, added.name());
		}
		plan.expand(this.mapping.addColumns((column) -> "", rights(before, table)));
		DualWrite sync = this.mapping.addTo(plan, complete);
		Names names = new Names(plan);
		List<ColumnName> old = ColumnMapping.columns(this.mapping.from()).stream().map(Column::name).toList();
		Retirement retirement = new Retirement(table, old, names, List.of(sync),
				List.of(this.mapping.backward(plan, names)))
			.withoutValues(plan);
		List<TableLock> locks = List.of(TableLock.exclusive(table.name()));
		plan.afterBackfill(Statistics.of(table))
			.contract(retirement.retire(locks, this.mapping.setDefaults(), this.mapping.dropDefaults()))
			.contract(Ddl.destructive("drop column %s.%s".formatted(table.name(), retirement.list()), locks,
					retirement.drop()));
		Table after = table;
		for (ColumnName name : old) {
			after = after.without(name);
		}
		for (MappedColumn added : this.mapping.to()) {
			after = after.with(added.column());
		}
		return before.with(after);
	}

	private List<String> rights(Schema schema, Table table) {
		List<ColumnName> from = ColumnMapping.columns(this.mapping.from()).stream().map(Column::name).toList();
		return ColumnMapping.columns(this.mapping.to())
			.stream()
			.flatMap((added) -> schema.catalog().objects().rights(table.name(), from, added.name()).stream())
			.toList();
	}

}
