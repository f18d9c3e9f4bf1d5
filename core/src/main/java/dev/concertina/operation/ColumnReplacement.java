package dev.concertina.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Attachment.Kind;
import dev.concertina.schema.Column;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Schema;
import dev.concertina.schema.SqlExpression;
import dev.concertina.schema.Table;

/**
 * One column that takes the place of another: what the old one has, such as indexes,
 * constraints, privileges and a comment, arrives at the new one.
 *
 * @param table the table
 * @param from the old column
 * @param to the new column
 * @param down the old value from the new row
 * @param name the name of the new column after the contract
 */
record ColumnReplacement(Table table, Column from, MappedColumn to, SqlExpression down, ColumnName name) {

	Schema addTo(Schema before, Plan.Builder plan) {
		Column added = this.to.column();
		this.table.requireFree(added.name());
		Requirements.alone(plan, this.table, this.from.name(), added.name());
		Requirements.chunks(this.table);
		Requirements.replaceable(before, this.table, this.from);
		Requirements.lastToFire(before, this.table, added.name());
		Requirements.addedAtOnce(before, this.table, added);
		Names names = new Names(plan);
		List<Carried> carried = before.catalog()
			.attachments(this.table.name(), this.from.name(), added)
			.stream()
			.map((attachment) -> Carried.of(this.table, attachment, names))
			.toList();
		ColumnMapping mapping = new ColumnMapping(this.table, List.of(MappedColumn.old(this.from, this.down)),
				List.of(this.to));
		plan.expand(mapping.addColumns(
				(column) -> before.catalog().collation(this.table.name(), this.from.name(), column.type()),
				before.catalog().settings(this.table.name(), this.from.name(), added)));
		DualWrite sync = mapping.addTo(plan);
		carried.forEach((part) -> part.make(before).forEach(plan::afterBackfill));
		plan.afterBackfill(Statistics.of(this.table));
		if (!this.from.nullable()) {
			NotNull.steps(this.table, added.name()).forEach(plan::contract);
		}
		plan.contract(takeOver(mapping, sync, carried));
		return before.with(this.table.without(this.from.name())
			.with(new Column(this.name, added.type(), this.from.nullable(), this.to.defaultValue(),
					added.generation())));
	}

	private Ddl takeOver(ColumnMapping mapping, DualWrite sync, List<Carried> carried) {
		String table = this.table.name().quoted();
		List<String> statements = new ArrayList<>(mapping.setDefaults());
		statements.addAll(sync.drop());
		carried.stream()
			.sorted(Comparator.comparing((part) -> part.attachment().kind() != Kind.REFERENCE))
			.flatMap(Carried::beforeDrop)
			.forEach(statements::add);
		statements.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s".formatted(table, this.from.name().quoted()));
		if (!this.name.equals(this.to.column().name())) {
			statements.add("ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(table, this.to.column().name().quoted(),
					this.name.quoted()));
		}
		carried.stream().flatMap(Carried::afterDrop).forEach(statements::add);
		List<TableLock> locks = Stream.concat(carried.stream().flatMap(Carried::others), Stream.of(this.table.name()))
			.distinct()
			.map(TableLock::exclusive)
			.toList();
		return Ddl.destructive("drop column %s.%s".formatted(this.table.name(), this.from.name()), locks, statements);
	}

}
