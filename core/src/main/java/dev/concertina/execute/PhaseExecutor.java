package dev.concertina.execute;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.concertina.backfill.Backfiller;
import dev.concertina.chunk.ChunkStore;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.contract.Gate;
import dev.concertina.contract.Objection;
import dev.concertina.event.MigrationEvent.Compared;
import dev.concertina.event.MigrationListener;
import dev.concertina.event.Work;
import dev.concertina.event.WorkEnd;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Step;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.PoisonRow;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.state.Verdict;
import dev.concertina.throttle.StopSignal;
import dev.concertina.verify.Verifier;

/**
 * Moves a change on, one phase at a call. May be called for one change on any number of
 * instances: they share the chunks, and the state is compared and set.
 */
public final class PhaseExecutor {

	private final Database database;

	private final DdlRunner ddl;

	private final DdlExecution execution;

	private final Backfiller backfiller;

	private final Verifier verifier;

	private final Gate gate;

	private final Rollback rollback;

	private final Contraction contraction;

	private final Moves moves;

	private final MigrationListener listener;

	/**
	 * Make an executor.
	 * @param database the database
	 * @param ddl what runs steps once
	 * @param execution what runs the statements of a step
	 * @param backfiller what copies rows
	 * @param verifier what compares rows
	 * @param gate what lets changes into their contract
	 * @param rollback what takes changes back
	 * @param listener who wants to know of transitions
	 */
	public PhaseExecutor(Database database, DdlRunner ddl, DdlExecution execution, Backfiller backfiller,
			Verifier verifier, Gate gate, Rollback rollback, MigrationListener listener) {
		this.database = database;
		this.ddl = ddl;
		this.execution = execution;
		this.backfiller = backfiller;
		this.verifier = verifier;
		this.gate = gate;
		this.rollback = rollback;
		this.moves = new Moves(database, listener);
		this.contraction = new Contraction(database, ddl, execution, gate, this.moves);
		this.listener = listener;
	}

	/**
	 * Do what a change needs next.
	 * @param change the change
	 * @param options how many workers, and how large their batches are
	 * @param stop when to stop before
	 * @return whether the change has moved on; {@code false} if it waits for somebody
	 */
	public boolean advance(ChangeRecord change, WorkerOptions options, StopSignal stop) {
		return switch (change.state().status()) {
			case PAUSED, FAILED, COMPLETED, UNRETIRE_FAILED, ROLLBACK_FAILED, ROLLED_BACK -> false;
			case ROLLING_BACK -> this.gate.isLeftAlone(change) && rollBack(change, stop);
			case CONTRACTING -> contract(change, stop);
			case RETIRED -> this.gate.objections(change).isEmpty() && this.moves.toContracting(change);
			case UNRETIRING -> unretire(change, stop);
			case RUNNING -> switch (change.state().phase()) {
				case EXPAND -> false;
				case DUAL_WRITE -> this.gate.objections(change).isEmpty()
						&& this.moves.to(change, State.running(Phase.BACKFILL), null);
				case BACKFILL -> {
					this.backfiller.requireTasks(change.plan());
					yield inPhase(change, () -> backfill(change, options, stop));
				}
				case VERIFY -> inPhase(change, () -> verify(change, options, stop));
				case CONTRACT -> enterContract(change);
			};
		};
	}

	private boolean inPhase(ChangeRecord change, BooleanSupplier work) {
		WorkEnd end = this.listener.begin(new Work(change.id(), change.state().phase(), Work.Extent.PHASE));
		try {
			boolean over = work.getAsBoolean();
			end.on(over ? WorkEnd.Outcome.DONE : WorkEnd.Outcome.STOPPED, null);
			return over;
		}
		catch (StateMovedException ex) {
			end.on(WorkEnd.Outcome.STOPPED, null);
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			end.on(WorkEnd.Outcome.FAILED, ex);
			throw ex;
		}
	}

	private boolean backfill(ChangeRecord change, WorkerOptions options, StopSignal stop) {
		List<Step> steps = change.plan().steps(Phase.BACKFILL);
		for (int number = 0; number < steps.size(); number++) {
			if (stop.isStopped()) {
				return false;
			}
			if (steps.get(number) instanceof Ddl step) {
				this.ddl.once(change, Phase.BACKFILL, number, step,
						(connection) -> this.execution.run(connection, change, step, stop));
			}
			else if (!this.backfiller.run(change.plan(), number, (Backfill) steps.get(number), options, stop)) {
				return false;
			}
		}
		if (!this.backfiller.repair(change.plan(), options, stop)) {
			return false;
		}
		return allCopied(change) ? startComparison(change) : true;
	}

	/**
	 * Return whether no row was set aside; else the change waits for a person.
	 */
	private boolean allCopied(ChangeRecord change) {
		StateStore store = StateStore.jdbc(this.database.jdbc());
		Optional<PoisonRow> first = store.poisonRows(change.id(), 1).stream().findFirst();
		first.ifPresent((row) -> this.moves.to(change, change.state().with(Status.FAILED),
				"finished with %d poison rows, the first in %s with key %s: %s. Correct them, then resume the change, which tries them again"
					.formatted(store.countPoisonRows(change.id()), row.table(), row.key(), row.error())));
		return first.isEmpty();
	}

	private boolean verify(ChangeRecord change, WorkerOptions options, StopSignal stop) {
		if (!this.verifier.run(change.plan(), options, stop)) {
			return false;
		}
		if (copiesOn(change)) {
			return true;
		}
		Verdict verdict = this.verifier.verdict(change.id());
		State next = afterComparison(change, verdict);
		@Nullable String reason = reason(next, verdict);
		boolean first = this.database.inTransaction((jdbc) -> {
			StateStore store = StateStore.jdbc(jdbc);
			if (!store.transition(change.id(), change.state(), next, Moves.ACTOR, reason)) {
				return false;
			}
			if (next.phase() == Phase.BACKFILL) {
				new ChunkStore(jdbc).planRepair(change.plan());
			}
			store.add(change.id(), verdict);
			return true;
		});
		if (first) {
			this.listener.on(new Compared(change.id(), verdict));
			this.moves.tell(change, next, reason);
		}
		return true;
	}

	/**
	 * What a task has not computed, as the old version has written it since, is computed
	 * at once, but once for each comparison: the old version may never rest. What it
	 * writes meanwhile waits for the next comparison, and the gate for one that finds
	 * nothing.
	 */
	private State afterComparison(ChangeRecord change, Verdict verdict) {
		if (verdict.holds()) {
			return State.running(Phase.CONTRACT);
		}
		if (!this.verifier.findsOnlyUncomputed(change.plan())) {
			return change.state().with(Status.FAILED);
		}
		boolean again = new ChunkStore(this.database.jdbc()).hasRepairs(change.plan());
		return State.running(again ? Phase.CONTRACT : Phase.BACKFILL);
	}

	private @Nullable String reason(State next, Verdict verdict) {
		if (verdict.holds()) {
			return null;
		}
		return (next.status() == Status.FAILED)
				? "%d of %d rows are not equal; see %s".formatted(verdict.mismatches(), verdict.rows(),
						this.database.jdbc().schema().table("mismatch"))
				: "%d of %d rows are not computed; the old version has written them since"
					.formatted(verdict.mismatches(), verdict.rows());
	}

	private boolean enterContract(ChangeRecord change) {
		if (copiesOn(change)) {
			return true;
		}
		if (Contraction.takesNothing(change.plan())) {
			return this.moves.toContracting(change);
		}
		if (this.gate.isVerdictExpired(change)) {
			return startComparison(change);
		}
		if (!this.gate.objections(change).isEmpty()) {
			return false;
		}
		return this.gate.isVerdictInDoubt(change) ? startComparison(change) : this.moves.toContracting(change);
	}

	/**
	 * What was attached since the rows were copied is copied, too, before anything is
	 * said of it.
	 */
	private boolean copiesOn(ChangeRecord change) {
		List<String> uncopied = this.backfiller.uncopied(this.database.jdbc(), change.plan(), (table) -> true);
		return !uncopied.isEmpty() && this.moves.to(change, State.running(Phase.BACKFILL),
				"%s was attached since the rows were copied".formatted(String.join(", ", uncopied)));
	}

	private boolean contract(ChangeRecord change, StopSignal stop) {
		List<Objection> objections = this.contraction.objections(change);
		return objections.isEmpty() ? inPhase(change, () -> this.contraction.run(change, stop))
				: this.contraction.hold(change, objections);
	}

	private boolean rollBack(ChangeRecord change, StopSignal stop) {
		if (this.rollback.run(change, stop)) {
			this.moves.tell(change, change.state().with(Status.ROLLED_BACK), null);
		}
		return true;
	}

	private boolean unretire(ChangeRecord change, StopSignal stop) {
		if (this.rollback.unretire(change, stop)) {
			this.moves.tell(change, Rollback.UNRETIRED, Rollback.BROUGHT_BACK);
		}
		return true;
	}

	private boolean startComparison(ChangeRecord change) {
		State next = State.running(Phase.VERIFY);
		boolean first = this.database.inTransaction((jdbc) -> {
			if (!new ChunkStore(jdbc).lock(change.id(), change.state().phase())) {
				return false;
			}
			Verifier.forget(jdbc, change.id());
			if (change.state().phase() == Phase.CONTRACT) {
				new ChunkStore(jdbc).forgetRepairs(change.plan());
			}
			return StateStore.jdbc(jdbc).transition(change.id(), change.state(), next, Moves.ACTOR, null);
		});
		if (first) {
			this.moves.tell(change, next, null);
		}
		return true;
	}

}
