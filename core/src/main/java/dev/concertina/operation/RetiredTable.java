package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.DualWrite;
import dev.concertina.plan.PlanBuilder;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.Identifier;
import dev.concertina.schema.Table;
import dev.concertina.schema.TableName;

/**
 * A table that is taken out of sight before it is dropped: under another name, which no
 * version uses, it keeps all that it has.
 *
 * @param name its name
 * @param table the table as it is when it is out of sight
 */
record RetiredTable(TableName name, Table table) {

	static RetiredTable of(PlanBuilder plan, Table table) {
		return new RetiredTable(table.name(),
				new Table(new Names(plan).retired(table.name()), table.kind(), table.columns(), table.primaryKey()));
	}

	/**
	 * Return the step that takes it out of sight.
	 */
	Ddl retire() {
		return Ddl.retiring("retire table %s".formatted(this.name), List.of(TableLock.exclusive(this.name)),
				List.of(hide()), List.of(), List.of(bringBack()));
	}

	/**
	 * Return the step that takes it out of sight, where it follows what has taken its
	 * place.
	 * @param locked the tables that are locked, in the order in which the application
	 * locks them
	 * @param forward the triggers of both directions, which end
	 * @param backward the triggers that let it follow
	 */
	Ddl retire(List<TableName> locked, DualWrite forward, DualWrite backward) {
		List<String> statements = new ArrayList<>(forward.drop());
		statements.add(hide());
		List<String> undo = new ArrayList<>(backward.drop());
		undo.add(bringBack());
		undo.addAll(forward.sql());
		return Ddl.retiring("retire table %s".formatted(this.name), locked.stream().map(TableLock::exclusive).toList(),
				statements, backward.sql(), undo);
	}

	private String hide() {
		return rename(this.name, this.table.name());
	}

	private String bringBack() {
		return rename(this.table.name(), this.name);
	}

	private static String rename(TableName from, TableName to) {
		return "ALTER TABLE %s RENAME TO %s".formatted(from.quoted(), Identifier.of(to.name()).quoted());
	}

}
