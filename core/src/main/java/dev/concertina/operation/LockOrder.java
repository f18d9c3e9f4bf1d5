package dev.concertina.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;

/**
 * The order in which tables are locked that are dropped, or lose columns, with their
 * foreign keys: what they refer to before themselves, as an application locks a parent
 * before it writes the children.
 */
final class LockOrder {

	private LockOrder() {
	}

	/**
	 * Return the locks that keep everybody out, each table once.
	 * @param referred what the foreign keys of the tables refer to
	 * @param tables the tables, a parent before its children
	 */
	static List<TableLock> exclusive(Collection<TableName> referred, Collection<TableName> tables) {
		List<TableName> order = new ArrayList<>(referred);
		order.removeAll(tables);
		order.addAll(tables);
		return new LinkedHashSet<>(order).stream().map(TableLock::exclusive).toList();
	}

}
