package dev.concertina.execute;

import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.throttle.StopSignal;

/**
 * Runs statements of the phases behind the startup once, and remembers that it has.
 */
@FunctionalInterface
public interface DdlRunner {

	/**
	 * Run a step, unless it was run before.
	 * @param change the change; the step runs only while it stays in the state that it is
	 * in here
	 * @param phase the phase of the step
	 * @param number the number of the step in its phase
	 * @param step the step
	 * @param stop when to give up
	 * @throws StateMovedException if the change is in another state
	 */
	void run(ChangeRecord change, Phase phase, int number, Ddl step, StopSignal stop);

}
