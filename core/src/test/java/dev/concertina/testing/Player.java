package dev.concertina.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.testing.StepResult.Ending;

/**
 * One of the two sessions of an interleaving, with the steps that are due and the one
 * that runs.
 */
final class Player {

	private final Session session;

	private final List<StepResult> results;

	private final Deque<Turn> due = new ArrayDeque<>();

	private @Nullable Execution running;

	private boolean waited;

	private boolean failed;

	Player(Session session, List<StepResult> results) {
		this.session = session;
		this.results = results;
	}

	void add(Turn turn) {
		if (this.failed) {
			this.results.add(StepResult.leftOut(turn));
			return;
		}
		this.due.add(turn);
	}

	/**
	 * Runs the step that is pending or due, and answers whether it ended.
	 */
	boolean advance(Player other) {
		if (this.running == null && this.due.isEmpty()) {
			return false;
		}
		Execution execution = (this.running != null) ? this.running : startFirstDue();
		if (!execution.awaitBlockedByOrDone(other.session).isDone()) {
			this.waited = true;
			return false;
		}
		this.running = null;
		execution.failure().ifPresentOrElse(this::fail, () -> end(Ending.DONE, null));
		return true;
	}

	boolean isPending() {
		return this.running != null;
	}

	boolean isDone() {
		return this.running != null && this.running.isDone();
	}

	private Execution startFirstDue() {
		Step step = this.due.element().step();
		Execution started = this.session.start(step.description(), step.work());
		this.running = started;
		this.waited = false;
		return started;
	}

	/**
	 * Does what an application does: it rolls back and gives up.
	 */
	private void fail(SessionFailure failure) {
		end(Ending.FAILED, failure);
		this.failed = true;
		this.session.rollback();
		this.due.stream().map(StepResult::leftOut).forEach(this.results::add);
		this.due.clear();
	}

	private void end(Ending ending, @Nullable SessionFailure failure) {
		this.results.add(new StepResult(this.due.remove().label(), ending, this.waited, failure));
	}

}
