package dev.concertina.execute;

import java.util.List;
import java.util.stream.Collectors;

import dev.concertina.contract.Gate;
import dev.concertina.contract.Objection;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.throttle.StopSignal;

/**
 * Takes an old structure away: out of sight first, for good last. Until something is
 * gone, the gate is asked again before each step that takes something: a lock may have
 * been waited for since for as long as an old version needs to come back.
 *
 * @param database the database
 * @param ddl what runs steps once
 * @param execution what runs the statements of a step
 * @param gate what lets changes into their contract
 * @param moves how a change moves on
 */
record Contraction(Database database, DdlRunner ddl, DdlExecution execution, Gate gate, Moves moves) {

	/**
	 * A contract without steps takes nothing away that anybody could need.
	 */
	static boolean takesNothing(Plan plan) {
		return plan.steps(Phase.CONTRACT).isEmpty() && !plan.isKeptByApplication();
	}

	List<Objection> objections(ChangeRecord change) {
		return takesNothing(change.plan()) ? List.of() : this.gate.objections(change);
	}

	/**
	 * What is in sight stands before the gate again, where its proof is renewed; what is
	 * not waits as it is, or is brought back by a person.
	 */
	boolean hold(ChangeRecord change, List<Objection> objections) {
		return change.isInSight() && this.moves.to(change, change.state().with(Status.RUNNING),
				objections.stream().map(Objection::problem).collect(Collectors.joining("; ")));
	}

	boolean run(ChangeRecord change, StopSignal stop) {
		List<Step> steps = change.plan().steps(Phase.CONTRACT);
		for (int number = 0; number < steps.size(); number++) {
			Ddl step = (Ddl) steps.get(number);
			ChangeRecord now = change;
			if (step.retiring() || step.destructive()) {
				now = current(change);
				if (step.destructive() && this.gate.soaks(now)) {
					return this.moves.to(now, now.state().with(Status.RETIRED), null);
				}
				List<Objection> objections = objections(now);
				if (!objections.isEmpty()) {
					return hold(now, objections);
				}
			}
			run(now, number, step, stop);
		}
		return this.moves.to(change, change.state().with(Status.COMPLETED), null);
	}

	/**
	 * What a step before has taken is in no record from before it.
	 */
	private ChangeRecord current(ChangeRecord change) {
		return StateStore.jdbc(this.database.jdbc())
			.find(change.id())
			.filter((now) -> now.state().equals(change.state()))
			.orElseThrow(() -> new StateMovedException(change));
	}

	private void run(ChangeRecord change, int number, Ddl step, StopSignal stop) {
		this.ddl.once(change, Phase.CONTRACT, number, step,
				(connection) -> this.execution.run(connection, change, step, stop));
	}

}
