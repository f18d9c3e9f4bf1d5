package dev.concertina.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.fleet.Fleet;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;

/**
 * Lets a change into its contract only if nothing objects; and into its backfill, where
 * the application writes both structures.
 */
public final class Gate {

	private final Database database;

	private final Fleet fleet;

	private final Duration maxVerdictAge;

	private final Duration maxComputedAge;

	private final Duration soak;

	private final List<GateCondition> conditions;

	private final EarlierTransactions earlier;

	/**
	 * Make a gate.
	 * @param database the database
	 * @param fleet the instances that are known to it
	 * @param maxVerdictAge how old the proof of equality may be
	 * @param maxComputedAge how old it may be if a task computes what the old version
	 * writes, which only a comparison finds
	 * @param soak how long an old structure is out of sight before it is dropped
	 * @param more what must be so besides the conditions that every change has
	 */
	public Gate(Database database, Fleet fleet, Duration maxVerdictAge, Duration maxComputedAge, Duration soak,
			List<GateCondition> more) {
		this.database = database;
		this.fleet = fleet;
		this.maxVerdictAge = maxVerdictAge;
		this.maxComputedAge = maxComputedAge;
		this.soak = soak;
		this.conditions = Stream.concat(GateCondition.defaults(maxVerdictAge, soak).stream(), more.stream()).toList();
		this.earlier = new EarlierTransactions(database);
	}

	/**
	 * Return whether the old structure has yet to be out of sight for a while before it
	 * is dropped. In a database that was empty a moment ago nobody can miss it.
	 * @param change the change that is about to drop it
	 * @return {@code true} if it retires something, and has not waited yet
	 */
	public boolean soaks(ChangeRecord change) {
		boolean retires = change.plan()
			.steps(Phase.CONTRACT)
			.stream()
			.anyMatch((step) -> step instanceof Ddl ddl && ddl.retiring());
		return retires && !change.dropped() && !this.soak.isZero() && !change.soaked()
				&& !StateStore.isFirstStart(this.database.jdbc());
	}

	/**
	 * Return whether the proof of equality has expired, so that both structures must be
	 * compared again. A proof from the future has no age that means anything: the clock
	 * of the database was set back. Where a task computes what the old version writes, a
	 * proof that was begun before the approval, which says that this version is gone, is
	 * none.
	 * @param change the change that wants to contract
	 * @return {@code true} if there is no proof that is young enough
	 */
	public boolean isVerdictExpired(ChangeRecord change) {
		if (change.plan().tasks().isEmpty()) {
			return isOlderThan(this.maxVerdictAge, change);
		}
		return isOlderThan(this.maxComputedAge, change) || isOlderThan(this.maxVerdictAge, change)
				|| isApprovedSince(change);
	}

	/**
	 * Return whether somebody may have written the old structure alone since the proof
	 * was begun, and be gone: where the application keeps both, it must be younger than
	 * the approval, which says that nobody does, and than any instance, which may have
	 * taken the place of such a one. Ask last: each instance that comes calls for another
	 * proof.
	 * @param change the change that nothing else objects to
	 * @return {@code true} if both structures must be compared again
	 */
	public boolean isVerdictInDoubt(ChangeRecord change) {
		return change.plan().isKeptByApplication() && (isApprovedSince(change) || hasComeSince(change));
	}

	private boolean isApprovedSince(ChangeRecord change) {
		return StateStore.jdbc(this.database.jdbc()).isApprovedSince(change.id(), State.running(Phase.VERIFY));
	}

	private boolean hasComeSince(ChangeRecord change) {
		Optional<Instant> begun = StateStore.jdbc(this.database.jdbc())
			.lastTime(change.id(), State.running(Phase.VERIFY));
		return begun.isEmpty()
				|| this.fleet.live().stream().anyMatch((instance) -> instance.startedAt().isAfter(begun.get()));
	}

	private boolean isOlderThan(Duration maxAge, ChangeRecord change) {
		GateCandidate candidate = candidate(change);
		return candidate.verdict()
			.map((verdict) -> Duration.between(verdict.at(), candidate.now()))
			.filter((age) -> !age.isNegative() && age.compareTo(maxAge) <= 0)
			.isEmpty();
	}

	/**
	 * Return everything that objects to the next phase. Where the application writes both
	 * structures, these are also the transactions that may do so by the rule of the state
	 * before: ahead of the backfill, of the drop, and of a rollback. Once something is
	 * dropped nothing else objects.
	 * @param change the change that wants to go on
	 * @return the objections, empty if it may
	 */
	public List<Objection> objections(ChangeRecord change) {
		if (takesAway(change)) {
			return earlier(change);
		}
		if (change.dropped()) {
			return List.of();
		}
		return (change.state().phase() == Phase.DUAL_WRITE) ? objectionsToBackfill(change)
				: objections(change, (condition) -> condition.isBefore(Phase.CONTRACT));
	}

	/**
	 * Return whether nobody writes any more what a rollback takes away. Where triggers
	 * keep both structures in step, nobody has to stop.
	 * @param change the change that is rolling back
	 * @return {@code true} if no transaction is left that may write it
	 */
	public boolean isLeftAlone(ChangeRecord change) {
		return !takesAway(change) || earlier(change).isEmpty();
	}

	private static boolean takesAway(ChangeRecord change) {
		Status status = change.state().status();
		return change.plan().isKeptByApplication() && (status == Status.CONTRACTING || status == Status.ROLLING_BACK);
	}

	private List<Objection> objectionsToBackfill(ChangeRecord change) {
		List<Objection> objections = objections(change, (condition) -> condition.isBefore(Phase.BACKFILL));
		if (objections.isEmpty()) {
			return earlier(change);
		}
		this.earlier.forget(change.id());
		return objections;
	}

	/**
	 * In a database that was empty a moment ago there is nobody else.
	 */
	private List<Objection> earlier(ChangeRecord change) {
		return StateStore.isFirstStart(this.database.jdbc()) ? List.of()
				: this.earlier.objection(change).stream().toList();
	}

	/**
	 * Return everything that objects but the time for which the old structure is out of
	 * sight.
	 * @param change the change that wants to drop it
	 * @return the objections, empty if it may
	 */
	public List<Objection> objectionsBesideTime(ChangeRecord change) {
		return objections(change, (condition) -> condition.isBefore(Phase.CONTRACT) && !(condition instanceof Soaked));
	}

	private List<Objection> objections(ChangeRecord change, Predicate<GateCondition> asked) {
		GateCandidate candidate = candidate(change);
		return this.conditions.stream()
			.filter(asked)
			.flatMap((condition) -> objection(condition, candidate).stream())
			.toList();
	}

	/**
	 * A condition that can't be checked objects: it never passes in silence.
	 */
	private static Optional<Objection> objection(GateCondition condition, GateCandidate candidate) {
		try {
			return condition.objection(candidate);
		}
		catch (RuntimeException ex) {
			return Optional.of(new Objection("%s can't be checked: %s".formatted(condition, ex.getMessage()),
					"Remove the cause; it is checked again by itself."));
		}
	}

	private GateCandidate candidate(ChangeRecord change) {
		Instant now = JdbcClient.create(this.database.jdbc())
			.sql("SELECT clock_timestamp()")
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
		StateStore store = StateStore.jdbc(this.database.jdbc());
		return new GateCandidate(change, store.verdict(change.id()), store.countPoisonRows(change.id()), now,
				this.fleet, this.database.jdbc());
	}

}
