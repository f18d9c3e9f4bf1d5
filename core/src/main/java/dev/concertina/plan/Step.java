package dev.concertina.plan;

import java.util.List;

/**
 * One thing that a phase does; everything after compilation knows these and no others.
 */
public sealed interface Step permits Ddl, DualWrite, Backfill, Check {

	/**
	 * Return what the step does, for people.
	 * @return a phrase such as "add column orders.email"
	 */
	String description();

	/**
	 * Return the locks that the step needs on whole tables.
	 * @return the locks, none for a step that locks rows at most
	 */
	default List<TableLock> locks() {
		return List.of();
	}

	/**
	 * Return the tasks in Java that the step calls.
	 * @return their names, none if SQL does all
	 */
	default List<String> tasks() {
		return List.of();
	}

}
