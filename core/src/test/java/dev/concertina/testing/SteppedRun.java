package dev.concertina.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.concertina.testing.Turn.Side;

/**
 * Plays the turns of an interleaving of a session with work that is stepped. After each
 * turn both go on until each has nothing to do or waits for the other one.
 */
final class SteppedRun {

	private final Session session;

	private final SteppedWork work;

	private final Deque<Step> due = new ArrayDeque<>();

	private @Nullable Execution running;

	SteppedRun(Session session, SteppedWork work) {
		this.session = session;
		this.work = work;
	}

	/**
	 * Plays all turns, and lets the work go on to its end.
	 * @param killedAfter after which of its turns the session of the work is terminated;
	 * 0 for never
	 */
	void play(List<Turn> turns, int killedAfter) {
		int steps = 0;
		settle();
		for (Turn turn : turns) {
			if (turn.side() == Side.A) {
				this.due.add(turn.step());
			}
			else {
				this.work.permit();
				steps++;
			}
			settle();
			if (turn.side() == Side.B && steps == killedAfter) {
				this.work.kill();
				settle();
			}
		}
		this.work.goOn();
		await(() -> isQuiet() && this.running == null && this.work.isDone());
	}

	private void settle() {
		await(() -> isQuiet() && this.work.isQuiet());
	}

	/**
	 * Looks very often, as there are thousands of runs.
	 */
	private static void await(Callable<Boolean> condition) {
		Patience.await().pollInterval(Duration.ofNanos(200_000)).until(condition);
	}

	/**
	 * Whether the session has nothing to do or waits; no statement of it may fail.
	 */
	private boolean isQuiet() {
		Execution last = this.running;
		if (last != null && last.isDone()) {
			last.await();
			this.running = null;
		}
		if (this.running == null && !this.due.isEmpty()) {
			Step step = this.due.remove();
			this.running = this.session.start(step.description(), step.work());
			return false;
		}
		return this.running == null || (!this.running.isDoneSoon() && this.running.isBlocked());
	}

}
