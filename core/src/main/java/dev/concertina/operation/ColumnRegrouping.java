package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
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

	Schema addTo(Schema before, Plan.Builder plan) {
		return addTo(before, plan, "true");
	}

	/**
	 * Add the steps.
	 * @param complete the condition that the old columns of a row hold nothing but what
	 * the new ones take over
	 */
	Schema addTo(Schema before, Plan.Builder plan, String complete) {
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
		plan.afterBackfill(Statistics.of(table)).contract(drop(table, sync));
		Table after = table;
		for (Column old : ColumnMapping.columns(this.mapping.from())) {
			after = after.without(old.name());
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

	private Ddl drop(Table table, DualWrite sync) {
		List<String> statements = new ArrayList<>(this.mapping.setDefaults());
		statements.addAll(sync.drop());
		for (Column old : ColumnMapping.columns(this.mapping.from())) {
			statements
				.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s".formatted(table.name().quoted(), old.name().quoted()));
		}
		return Ddl.destructive("drop column %s.%s".formatted(table.name(), ColumnMapping.names(this.mapping.from())),
				List.of(TableLock.exclusive(table.name())), statements);
	}

}
