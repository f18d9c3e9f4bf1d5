package dev.concertina;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.concertina.change.ChangeId;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.contract.Gate;
import dev.concertina.contract.Objection;
import dev.concertina.event.MigrationListener;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;

/**
 * What people may do to a running change. Each call says who does it, and is in the
 * history of the change.
 */
public final class Steering {

	private static final String REPAIR = "what differs is copied again";

	private final Database database;

	private final Gate gate;

	private final String release;

	private final Transitions transitions;

	private final WaysBack waysBack;

	/**
	 * Make a steering.
	 * @param release who approves for a release
	 */
	Steering(Database database, Gate gate, String release, Runnable wake, MigrationListener listener) {
		this(database, gate, release, new Transitions(database, wake, listener, null));
	}

	private Steering(Database database, Gate gate, String release, Transitions transitions) {
		this.database = database;
		this.gate = gate;
		this.release = release;
		this.transitions = transitions;
		this.waysBack = new WaysBack(database, transitions);
	}

	/**
	 * Return what steers a change only while it is in a phase: who has seen it there may
	 * not want the same in another one.
	 * @param phase the phase
	 * @return the same, with that condition
	 */
	public Steering assuming(Phase phase) {
		return new Steering(this.database, this.gate, this.release,
				new Transitions(this.database, this.transitions.wake(), this.transitions.listener(), phase));
	}

	/**
	 * Stop a change at its next batch border, on every instance.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void pause(ChangeId id, String actor, String reason) {
		ChangeRecord change = this.transitions.find(id);
		if (change.state().status() != Status.RUNNING) {
			throw new RefusedTransitionException(change, "paused", "Only a running change can be paused.");
		}
		this.transitions.move(change, change.state().with(Status.PAUSED), actor, reason);
	}

	/**
	 * Let a paused or failed change go on where it was, and what has failed to take
	 * something back go on with that.
	 * @param id the change
	 * @param actor who does it
	 */
	public void resume(ChangeId id, String actor) {
		ChangeRecord change = this.transitions.find(id);
		Status status = change.state().status();
		if (status != Status.PAUSED && !status.isFailed()) {
			throw new RefusedTransitionException(change, "resumed", "Only a paused or failed change can be resumed.");
		}
		if (status == Status.ROLLBACK_FAILED || status == Status.UNRETIRE_FAILED) {
			this.transitions.move(change,
					change.state().with((status == Status.ROLLBACK_FAILED) ? Status.ROLLING_BACK : Status.UNRETIRING),
					actor, null);
		}
		else if (change.state().phase() == Phase.VERIFY) {
			this.transitions.compareAnew(change, actor);
		}
		else if (change.state().phase() == Phase.BACKFILL) {
			this.transitions.copyOn(change, actor);
		}
		else {
			this.transitions.move(change, change.state().with(change.resumed()), actor, null);
		}
	}

	/**
	 * Set how a change is copied and compared, on every instance within about a second.
	 * @param id the change
	 * @param tuning all that shall differ from what the instances are configured with
	 * @param actor who does it
	 */
	public void tune(ChangeId id, Tuning tuning, String actor) {
		this.transitions.find(id);
		if (!store().tune(id, this.transitions.assumed(), tuning, actor)) {
			throw new RefusedTransitionException(this.transitions.find(id), "tuned",
					"Only a change that is not at its end can be tuned.");
		}
	}

	/**
	 * Compare both structures again, now.
	 * @param id the change
	 * @param actor who does it
	 */
	public void verify(ChangeId id, String actor) {
		ChangeRecord change = this.transitions.find(id);
		State state = change.state();
		if (!state.isRunning(Phase.CONTRACT) && !state.equals(new State(Phase.VERIFY, Status.FAILED))) {
			throw new RefusedTransitionException(change, "verified",
					"Verify when a comparison is over and the contract has not begun.");
		}
		this.transitions.compareAnew(change, actor);
	}

	/**
	 * Copy again what the last comparison has found to differ, from the old structure to
	 * the new one and with the rows locked, and compare everything once more.
	 * @param id the change
	 * @param actor who does it
	 */
	public void repair(ChangeId id, String actor) {
		ChangeRecord change = this.transitions.find(id);
		if (!change.state().equals(new State(Phase.VERIFY, Status.FAILED))) {
			throw new RefusedTransitionException(change, "repaired", "Only a comparison that has failed is repaired.");
		}
		State to = State.running(Phase.BACKFILL);
		this.transitions.tell(change, to, REPAIR, this.database.inTransaction((jdbc) -> {
			boolean moved = StateStore.jdbc(jdbc).transition(change.id(), change.state(), to, actor, REPAIR);
			if (moved && new ChunkStore(jdbc).planRepair(change.plan()) == 0) {
				throw new RefusedTransitionException(change, "repaired",
						"What differs can't be copied again; correct the rows listed in %s, then resume it."
							.formatted(jdbc.schema().table("mismatch")));
			}
			return moved;
		}));
	}

	/**
	 * Copy again what could not be copied, after its cause was removed.
	 * @param id the change
	 * @param actor who does it
	 */
	public void retry(ChangeId id, String actor) {
		ChangeRecord change = this.transitions.find(id);
		State state = change.state();
		if (!state.isRunning(Phase.BACKFILL) && !state.equals(new State(Phase.BACKFILL, Status.FAILED))) {
			throw new RefusedTransitionException(change, "copied again",
					"Only a backfill that runs, or has failed, copies rows.");
		}
		this.transitions.copyOn(change, actor);
	}

	/**
	 * Say yes to the contract: no version that still runs needs the old structure. It
	 * takes the place of a yes that came with a release.
	 * @param id the change
	 * @param actor who says so
	 * @return whether nobody but a release had said so before
	 */
	public boolean approve(ChangeId id, String actor) {
		this.transitions.find(id);
		boolean first = store().approve(id, this.transitions.assumed(), actor, this.release);
		if (!first) {
			this.transitions.find(id);
		}
		this.transitions.wake().run();
		return first;
	}

	private StateStore store() {
		return StateStore.jdbc(this.database.jdbc());
	}

	/**
	 * Say yes to the contract, and let it begin.
	 * @param id the change
	 * @param actor who says so
	 * @throws RefusedTransitionException with everything that objects still; the approval
	 * counts all the same
	 */
	public void contract(ChangeId id, String actor) {
		approve(id, actor);
		requireNoObjection(this.transitions.find(id), "contracted", this.gate::objections);
	}

	/**
	 * Drop an old structure that is out of sight, without waiting longer.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void drop(ChangeId id, String actor, String reason) {
		ChangeRecord change = this.transitions.find(id);
		if (change.state().status() != Status.RETIRED) {
			throw new RefusedTransitionException(change, "dropped", "Only what is retired can be dropped.");
		}
		requireNoObjection(change, "dropped", this.gate::objectionsBesideTime);
		this.transitions.tell(change, change.state().with(Status.CONTRACTING), reason,
				store().contract(change, actor, reason));
	}

	private static void requireNoObjection(ChangeRecord change, String what,
			Function<ChangeRecord, List<Objection>> gate) {
		List<Objection> objections = gate.apply(change);
		if (!objections.isEmpty()) {
			throw new RefusedTransitionException(change, what,
					objections.stream().map(Objection::toString).collect(Collectors.joining(" ")));
		}
	}

	/**
	 * Set the share of reads that go to the new structure. It rises only once all
	 * standbys have replayed what was compared: reads of theirs are routed, too.
	 * @param id the change
	 * @param percent 0 to 100
	 * @param actor who does it
	 */
	public void readShare(ChangeId id, int percent, String actor) {
		new ReadSwitch(this.database, this.transitions).set(id, percent, actor);
	}

	/**
	 * Bring an old structure back that is out of sight, with all that was written since;
	 * possible until a part of it is dropped. The change waits then until it is resumed,
	 * and for a new approval if it asks for one.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void unretire(ChangeId id, String actor, String reason) {
		this.waysBack.unretire(id, actor, reason);
	}

	/**
	 * Take the new structure away; possible until the old one is dropped, and no row is
	 * lost by it. A change that is completed and has dropped nothing can be rolled back
	 * as long as no later one was applied to its tables.
	 * @param id the change
	 * @param actor who does it
	 * @param reason why
	 */
	public void rollBack(ChangeId id, String actor, String reason) {
		this.waysBack.rollBack(id, actor, reason);
	}

}
