package dev.concertina.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.concertina.plan.Phase;

/**
 * One thing that must be so before a phase begins. Users may add theirs.
 */
@FunctionalInterface
public interface GateCondition {

	/**
	 * Return the conditions that every change has: every row copied, an equality that was
	 * proved lately, an approval where the change asks for one, nothing that is made of
	 * the old structure, and, once it is out of sight, that it has been so for a while.
	 * @param maxVerdictAge how old the proof may be
	 * @param soak how long an old structure is out of sight before it is dropped
	 * @return the conditions
	 */
	static List<GateCondition> defaults(Duration maxVerdictAge, Duration soak) {
		return List.of(new BackfillFinished(), new NoPoisonRows(), new VerdictClean(maxVerdictAge), new Approved(),
				new Soaked(soak), new NoDependants());
	}

	/**
	 * Return the condition that no instance is left whose version needs the old
	 * structure.
	 * @param approvals the approvals that come with a release; such a one counts once
	 * every instance is of a release that has it
	 * @param harmless the {@code application_name} of sessions that need no old
	 * structure; {@code *} stands for anything. An instance that has no others is not
	 * asked
	 * @return the condition
	 */
	static GateCondition instancesReady(Approvals approvals, Set<String> harmless) {
		return new InstancesReady(approvals, HarmlessSessions.of(harmless));
	}

	/**
	 * Return the condition that no session of the database is left that belongs to no
	 * instance.
	 * @param harmless the {@code application_name} of sessions that need no old
	 * structure; {@code *} stands for anything
	 * @return the condition
	 */
	static GateCondition noForeignSessions(Set<String> harmless) {
		return new NoForeignSessions(HarmlessSessions.of(harmless));
	}

	/**
	 * Return the condition that all reads go to the new structure, where the application
	 * routes them, as its instances tell.
	 * @param soak for how long they must have done so
	 * @return the condition
	 */
	static GateCondition readsSwitched(Duration soak) {
		return new ReadsSwitched(soak);
	}

	/**
	 * Return the condition that no statement which names the old structure has been run
	 * for a while, as far as {@code pg_stat_statements} tells, where that extension is
	 * there.
	 * @param quiet for how long none must have been run
	 * @return the condition
	 */
	static GateCondition noStatements(Duration quiet) {
		return new NoStatements(quiet);
	}

	/**
	 * Return the condition that every instance writes both structures, where no trigger
	 * does: before it no row is copied, and without it the old structure is not given up.
	 * @param harmless the {@code application_name} of sessions that write neither; an
	 * instance that has no others is not asked
	 * @return the condition
	 */
	static GateCondition instancesRoute(Set<String> harmless) {
		return new InstancesRoute(HarmlessSessions.of(harmless));
	}

	/**
	 * Return whether it must be so before a phase.
	 * @param phase the contract, for every change; or the backfill, for changes that are
	 * kept by the application
	 * @return {@code true} for the contract alone, if nothing else is said
	 */
	default boolean isBefore(Phase phase) {
		return phase == Phase.CONTRACT;
	}

	/**
	 * Object, or don't.
	 * @param candidate the change that wants to go on
	 * @return the objection, or nothing
	 */
	Optional<Objection> objection(GateCandidate candidate);

}
