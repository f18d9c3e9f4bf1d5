package dev.concertina.execute;

import java.sql.Connection;
import java.util.function.Consumer;

import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;

/**
 * Runs each step of the phases behind the startup once, and remembers that it has.
 */
public interface DdlRunner {

	/**
	 * Run a step, unless it was run before, here or on another instance.
	 * @param change the change
	 * @param phase the phase of the step
	 * @param number the number of the step in its phase
	 * @param step the step
	 * @param execution what runs the statements on a connection, in a transaction that
	 * remembers the step if the step is transactional
	 */
	void once(ChangeRecord change, Phase phase, int number, Ddl step, Consumer<Connection> execution);

	/**
	 * Return whether a step was run.
	 * @param change the change
	 * @param phase the phase of the step
	 * @param number the number of the step in its phase
	 * @param step the step
	 * @return {@code false} before its end
	 */
	boolean isDone(ChangeRecord change, Phase phase, int number, Ddl step);

	/**
	 * Forget that a step was run, so that it can be run again.
	 * @param jdbc the template of the transaction that has taken it back
	 * @param change the change
	 * @param phase the phase of the step
	 * @param number the number of the step in its phase
	 * @param step the step
	 */
	void forget(StateJdbc jdbc, ChangeRecord change, Phase phase, int number, Ddl step);

}
