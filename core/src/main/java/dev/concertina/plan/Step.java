package dev.concertina.plan;

/**
 * One thing that a phase does; everything after compilation knows these and no others.
 */
public sealed interface Step permits Ddl, DualWrite, Backfill, Check {

	/**
	 * Return what the step does, for people.
	 * @return a phrase such as "add column orders.email"
	 */
	String description();

}
