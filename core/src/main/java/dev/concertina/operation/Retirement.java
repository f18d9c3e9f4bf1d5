package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.ColumnName;
import dev.concertina.schema.Table;

/**
 * Columns that are taken out of sight before they are dropped: under other names, which
 * no version uses, they follow what has taken their place.
 *
 * @param table the table
 * @param columns the columns
 * @param names what they are called when they are out of sight
 * @param forward the triggers of both directions, which end
 * @param backward the triggers that let the columns follow
 */
record Retirement(Table table, List<ColumnName> columns, Names names, List<DualWrite> forward,
		List<DualWrite> backward) {

	Retirement {
		columns = List.copyOf(columns);
		forward = List.copyOf(forward);
		backward = List.copyOf(backward);
	}

	/**
	 * Return the same where values of theirs would be lost.
	 */
	Retirement withoutValues(PlanBuilder plan) {
		DualWrite refuse = new RetiredValues(this.table, this.columns, this.names).refuse(plan);
		return new Retirement(this.table, this.columns, this.names, this.forward,
				Stream.concat(this.backward.stream(), Stream.of(refuse)).toList());
	}

	/**
	 * Return the step that takes them out of sight.
	 * @param locks what is locked, in the order in which the application locks it
	 * @param more what else is done at this moment
	 * @param undoMore what takes that back
	 */
	Ddl retire(List<TableLock> locks, List<String> more, List<String> undoMore) {
		return retire(locks, more, undoMore, List.of(), List.of());
	}

	/**
	 * Return the step that takes them out of sight where something else gets their names.
	 * @param take what gives it the names
	 * @param giveBack what takes that back
	 */
	Ddl retire(List<TableLock> locks, List<String> more, List<String> undoMore, List<String> take,
			List<String> giveBack) {
		List<String> statements = new ArrayList<>(drops(this.forward));
		statements.addAll(more);
		this.columns.forEach((column) -> statements.add(rename(column, this.names.retired(column))));
		statements.addAll(take);
		List<String> undo = new ArrayList<>(drops(this.backward));
		undo.addAll(giveBack);
		this.columns.forEach((column) -> undo.add(rename(this.names.retired(column), column)));
		undo.addAll(undoMore);
		this.forward.forEach((sync) -> undo.addAll(sync.sql()));
		return Ddl.retiring("retire column %s.%s".formatted(this.table.name(), list()), locks, statements,
				this.backward.stream().flatMap((sync) -> sync.sql().stream()).toList(), undo);
	}

	/**
	 * Return the statements that drop them.
	 */
	List<String> drop() {
		List<String> statements = new ArrayList<>(drops(this.backward));
		this.columns.forEach((column) -> statements.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s"
			.formatted(this.table.name().quoted(), this.names.retired(column).quoted())));
		return statements;
	}

	String list() {
		return this.columns.stream().map(ColumnName::value).collect(Collectors.joining(", "));
	}

	private String rename(ColumnName from, ColumnName to) {
		return "ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(this.table.name().quoted(), from.quoted(),
				to.quoted());
	}

	private static List<String> drops(List<DualWrite> triggers) {
		return triggers.stream().flatMap((sync) -> sync.drop().stream()).toList();
	}

}
