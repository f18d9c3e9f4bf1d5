package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Column;
import dev.concertina.schema.Column.Generation;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Renaming;
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
 * @param down the old value from the new row, in which the new column has the name by
 * which the application writes it
 * @param name the name of the new column after the contract
 */
record ColumnReplacement(Table table, Column from, MappedColumn to, SqlExpression down, ColumnName name) {

	/**
	 * Add all steps: the old column is out of sight before it is dropped.
	 */
	Schema addTo(Schema before, PlanBuilder plan) {
		Requirements.replaceable(before, this.table, this.from);
		TakeOver takeOver = prepare(before, plan, Renaming.NONE);
		Retired retired = retire(plan, takeOver, ColumnFiller.NONE);
		plan.contract(retired.step()).contract(TakeOver.step(before, List.of(retired.drop())));
		return before.with(after(this.table));
	}

	/**
	 * Add all steps where the old column has no way back.
	 * @param reason why it has none
	 */
	Schema dropAtOnce(Schema before, PlanBuilder plan, String reason) {
		Requirements.replaceable(before, this.table, this.from);
		plan.contract(TakeOver.step(before, List.of(prepare(before, plan, Renaming.NONE))))
			.note("The contract drops the old column %s.%s at once, and nothing brings it back: %s."
				.formatted(this.table.name(), this.from.name(), reason));
		return before.with(after(this.table));
	}

	/**
	 * Return whether nobody but us knows the new column before it takes over the name.
	 */
	private boolean isHidden() {
		return !this.name.equals(this.to.column().name());
	}

	/**
	 * Take the old column out of sight first. What it has in keys and foreign keys stays
	 * with it, beside that of the new one, as it follows.
	 */
	Retired retire(PlanBuilder plan, TakeOver takeOver, ColumnFiller filler) {
		Names names = new Names(plan);
		ColumnName added = this.to.column().name();
		DualWrite backward = isHidden() ? mapping().backwardUnder(plan, names, this.name)
				: mapping().backward(plan, names);
		Retirement retirement = new Retirement(writable(filler), List.of(this.from.name()), names, takeOver.ended(),
				List.of(backward))
			.withoutValues(plan);
		Ddl step = retirement.retire(List.of(TableLock.exclusive(this.table.name())),
				both(mapping().setDefaults(), filler.give()), both(filler.take(), mapping().dropDefaults()),
				both(rename(added, this.name), filler.take()), both(filler.give(), rename(this.name, added)));
		return new Retired(step, new TakeOver(this.table, names.retired(this.from.name()), this.name, this.name,
				retirement.backward(), filler.widen(), takeOver.carried()));
	}

	/**
	 * Without what fills it, the old column has no value but one that was given.
	 */
	private Table writable(ColumnFiller filler) {
		return filler.give().isEmpty() ? this.table : this.table
			.with(new Column(this.from.name(), this.from.type(), this.from.nullable(), null, Generation.NONE));
	}

	private static List<String> both(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private List<String> rename(ColumnName before, ColumnName after) {
		return before.equals(after) ? List.of() : List.of("ALTER TABLE %s RENAME COLUMN %s TO %s"
			.formatted(this.table.name().quoted(), before.quoted(), after.quoted()));
	}

	private ColumnMapping mapping() {
		return new ColumnMapping(this.table, List.of(MappedColumn.old(this.from, this.down)), List.of(this.to),
				isHidden());
	}

	/**
	 * Add the steps up to the moment when the new column takes over.
	 * @param others columns of other tables that are replaced together with this one
	 */
	TakeOver prepare(Schema before, PlanBuilder plan, Renaming others) {
		Column added = this.to.column();
		this.table.requireFree(added.name());
		Requirements.alone(plan, this.table, this.from.name(), added.name());
		Requirements.chunks(this.table);
		Requirements.lastToFire(before, this.table, added.name());
		Requirements.addedAtOnce(before, this.table, added);
		Names names = new Names(plan);
		List<Carried> carried = before.catalog()
			.attachments(this.table.name(), this.from.name(), added, others)
			.stream()
			.map((attachment) -> Carried.of(this.table, attachment, names))
			.toList();
		ColumnMapping mapping = mapping();
		plan.expand(mapping.addColumns(
				(column) -> before.catalog().collation(this.table.name(), this.from.name(), column.type()),
				before.catalog().settings(this.table.name(), this.from.name(), this.table.name(), added)));
		DualWrite sync = mapping.addTo(plan);
		carried.forEach((part) -> part.make(before).forEach(plan::afterBackfill));
		plan.afterBackfill(Statistics.of(this.table));
		if (!this.from.nullable()) {
			NotNull.steps(this.table, added.name()).forEach(plan::contract);
		}
		return new TakeOver(this.table, this.from.name(), added.name(), this.name, List.of(sync), mapping.setDefaults(),
				carried);
	}

	/**
	 * Return the table as it is afterwards.
	 */
	Table after(Table before) {
		Column added = this.to.column();
		return before.without(this.from.name())
			.with(new Column(this.name, added.type(), this.from.nullable(), this.to.defaultValue(),
					this.from.generation()));
	}

	/**
	 * What remains of an old column.
	 *
	 * @param step takes it out of sight
	 * @param drop what remains to be done when it is dropped
	 */
	record Retired(Ddl step, TakeOver drop) {

	}

}
