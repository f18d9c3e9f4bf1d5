package dev.concertina.testing;

import java.util.ArrayList;
import java.util.List;

import dev.concertina.testing.Turn.Side;

/**
 * Plays the turns of an interleaving.
 * <ol>
 * <li>A turn makes its step due. A session runs its due steps one by one.</li>
 * <li>After each turn both sessions go on until each has nothing due or waits for the
 * other one. Because the other one is idle then, or waits too, that state is stable, and
 * the run does not depend on timing, provided that a step which ends its transaction does
 * nothing after that.</li>
 * <li>If each waits for the other, the server's deadlock detector has to end one of the
 * two steps.</li>
 * <li>A session whose step failed rolls back and leaves its other steps out.</li>
 * </ol>
 */
final class InterleavingRun {

	private final List<StepResult> results = new ArrayList<>();

	private final Player a;

	private final Player b;

	InterleavingRun(Session a, Session b) {
		this.a = new Player(a, this.results);
		this.b = new Player(b, this.results);
	}

	Outcome play(List<Turn> turns) {
		for (Turn turn : turns) {
			((turn.side() == Side.A) ? this.a : this.b).add(turn);
			settle();
		}
		if (this.a.isPending() || this.b.isPending()) {
			throw new IllegalStateException("After %s a step still waits for a session that has no step left; "
				.formatted(new Outcome(this.results)) + "let the steps of both sessions end with COMMIT or ROLLBACK");
		}
		return new Outcome(this.results);
	}

	private void settle() {
		boolean moved = true;
		while (moved) {
			moved = this.a.advance(this.b);
			moved |= this.b.advance(this.a);
			moved = moved || endedDeadlock();
		}
	}

	private boolean endedDeadlock() {
		if (!this.a.isPending() || !this.b.isPending()) {
			return false;
		}
		Patience.await().until(() -> this.a.isDone() || this.b.isDone());
		return true;
	}

}
