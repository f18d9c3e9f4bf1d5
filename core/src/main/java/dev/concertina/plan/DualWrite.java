package dev.concertina.plan;

import java.util.List;

import dev.concertina.schema.TableName;

/**
 * Triggers that carry every write of one structure to the other.
 *
 * @param description what it does, for people
 * @param locks the tables that get a trigger, a parent before its children
 * @param sql the statements that create the functions and the triggers; during the
 * backfill they synchronise a row at any write to it
 * @param drop the statements that remove triggers and functions
 */
public record DualWrite(String description, List<TableLock> locks, List<String> sql,
		List<String> drop) implements Step {

	public DualWrite {
		locks = List.copyOf(locks);
		sql = List.copyOf(sql);
		drop = List.copyOf(drop);
	}

	/**
	 * Return the tables that get a trigger.
	 * @return the qualified names
	 */
	public List<TableName> tables() {
		return this.locks.stream().map(TableLock::table).toList();
	}

}
