package dev.concertina.state;

import dev.concertina.plan.Phase;

/**
 * Where a change is: what every transition compares and sets.
 *
 * @param phase the phase
 * @param status how it stands in the phase
 */
public record State(Phase phase, Status status) {

	/**
	 * Return the state of a change that works in a phase.
	 * @param phase the phase
	 * @return the state
	 */
	public static State running(Phase phase) {
		return new State(phase, Status.RUNNING);
	}

	/**
	 * Return the same phase with another status.
	 * @param other the status
	 * @return the state
	 */
	public State with(Status other) {
		return new State(this.phase, other);
	}

	/**
	 * Return whether this is a phase at work.
	 * @param other the phase
	 * @return {@code true} if the change runs in that phase
	 */
	public boolean isRunning(Phase other) {
		return this.phase == other && this.status == Status.RUNNING;
	}

	@Override
	public String toString() {
		return "%s %s".formatted(this.phase, this.status);
	}

}
