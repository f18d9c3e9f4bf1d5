package dev.concertina.testing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One order of the steps of two sessions, printed as {@code A1 B1 A2 B2}.
 */
public record Interleaving(List<Turn> turns) {

	public Interleaving {
		turns = List.copyOf(turns);
	}

	/**
	 * Runs the steps in this order in two sessions. A step that has to wait for the other
	 * session stays pending, with the steps behind it, until the other session's steps
	 * let it go on.
	 */
	public Outcome run(Session a, Session b) {
		return new InterleavingRun(a, b).play(this.turns);
	}

	/**
	 * Runs the steps of A in a session, and lets work send one more statement in each
	 * turn of B.
	 * @param killedAfter after which of its turns the session of the work is terminated,
	 * 0 for never
	 */
	public void run(Session a, SteppedWork b, int killedAfter) {
		new SteppedRun(a, b).play(this.turns, killedAfter);
	}

	@Override
	public String toString() {
		return this.turns.stream().map(Turn::label).collect(Collectors.joining(" "));
	}

}
