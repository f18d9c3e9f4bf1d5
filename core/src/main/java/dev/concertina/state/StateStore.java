package dev.concertina.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;

/**
 * What is remembered about changes. Every transition is a compare-and-set of the state
 * and writes a line of history with it. A change that has dropped something only goes on
 * with its contract; one that enters {@link Status#ROLLING_BACK} has no reads on the new
 * structure any more.
 */
public interface StateStore {

	/**
	 * Keep the state in a schema of a database.
	 * @param jdbc the template of the database, or of the transaction that the state
	 * shall belong to
	 * @return the store
	 */
	static StateStore jdbc(StateJdbc jdbc) {
		return new JdbcStateStore(jdbc);
	}

	/**
	 * Return whether a database has the schema that the state is kept in.
	 * @param jdbc the template of the database
	 * @return {@code false} before the first migration
	 */
	static boolean isInstalled(StateJdbc jdbc) {
		return jdbc.state("SELECT to_regclass('{state}.change') IS NOT NULL").query(Boolean.class).single();
	}

	/**
	 * Return whether a database was empty when that schema was made, and its first start
	 * has not come to its end.
	 * @param jdbc the template of the database
	 * @return {@code true} while nobody can need an old structure
	 */
	static boolean isFirstStart(StateJdbc jdbc) {
		return jdbc.state("SELECT fresh FROM {state}.installation").query(Boolean.class).single();
	}

	/**
	 * Remember a change whose startup phases have just run.
	 * @param change the change
	 * @param plan its plan
	 * @param state where it goes on
	 */
	void add(Change change, Plan plan, State state);

	/**
	 * Return a change.
	 * @param id its id
	 * @return the change, or nothing if it was never expanded
	 */
	Optional<ChangeRecord> find(ChangeId id);

	/**
	 * Return all changes.
	 * @return the changes in the order in which they were expanded
	 */
	List<ChangeRecord> all();

	/**
	 * Move a change on, unless somebody was faster.
	 * @param id the change
	 * @param from the state that it must be in
	 * @param to the state to set
	 * @param actor who does it
	 * @param reason why, for people
	 * @return whether the change was in the state that it must be in
	 */
	boolean transition(ChangeId id, State from, State to, String actor, @Nullable String reason);

	/**
	 * Let a change contract that the gate has let through, unless it has moved, or its
	 * reads have, or a statement has missed the old structure since.
	 * @param judged the change as the gate has seen it
	 * @param actor who does it
	 * @param reason why, for people
	 * @return whether it was still so
	 */
	boolean contract(ChangeRecord judged, String actor, @Nullable String reason);

	/**
	 * Return whether a change is in a state.
	 * @param id the change
	 * @param state the state
	 * @return whether it is in that state now
	 */
	boolean isIn(ChangeId id, State state);

	/**
	 * Remember that an old structure was taken out of sight, if the change is in a state.
	 * The time for which it must be so begins.
	 * @param id the change
	 * @param state the state
	 * @return whether it is in that state
	 */
	boolean markRetired(ChangeId id, State state);

	/**
	 * Remember that something was dropped that nothing brings back, if the change is in a
	 * state. From then on it can't be rolled back.
	 * @param id the change
	 * @param state the state
	 * @return whether it is in that state
	 */
	boolean markDropped(ChangeId id, State state);

	/**
	 * Return whether a change is in a state, and keep it there until the end of the
	 * transaction.
	 * @param id the change
	 * @param state the state
	 * @return whether it is in that state
	 */
	boolean hold(ChangeId id, State state);

	/**
	 * Remember the person who has approved the contract.
	 * @param id the change
	 * @param assumed the phase that it must be in, {@code null} for any
	 * @param actor who approves
	 * @param release who approves for a release: that gives way
	 * @return whether the approval of a person was still missing
	 */
	boolean approve(ChangeId id, @Nullable Phase assumed, String actor, String release);

	/**
	 * Remember that a release has approved the contract, if the change runs.
	 * @param id the change
	 * @param release who approves for it
	 * @return whether the approval was still missing
	 */
	boolean approveByRelease(ChangeId id, String release);

	/**
	 * Set the share of reads that go to the new structure, while the old one is in sight.
	 * @param id the change
	 * @param assumed the phase that it must be in, {@code null} for any
	 * @param from the share that was set before
	 * @param to the share to set, 0 to 100
	 * @param actor who does it
	 * @return whether the share was {@code from}, and may be set
	 */
	boolean readShare(ChangeId id, @Nullable Phase assumed, int from, int to, String actor);

	/**
	 * Return how a change is copied and compared.
	 * @param id the change
	 * @return what was said while it ran
	 */
	Tuning tuning(ChangeId id);

	/**
	 * Set how a change is copied and compared.
	 * @param id the change
	 * @param assumed the phase that it must be in, {@code null} for any
	 * @param tuning all that shall differ from what the instances are configured with
	 * @param actor who does it
	 * @return whether the change is still to be copied, compared or contracted
	 */
	boolean tune(ChangeId id, @Nullable Phase assumed, Tuning tuning, String actor);

	/**
	 * Remember what a comparison has found.
	 * @param id the change
	 * @param verdict the result; its time is set by the database
	 */
	void add(ChangeId id, Verdict verdict);

	/**
	 * Return whether the contract was approved after a change came into a state for the
	 * last time.
	 * @param id the change
	 * @param state the state
	 * @return {@code true} if it was approved, and not before
	 */
	boolean isApprovedSince(ChangeId id, State state);

	/**
	 * Return when a change came into a state for the last time.
	 * @param id the change
	 * @param state the state
	 * @return the time, or nothing if it never did
	 */
	Optional<Instant> lastTime(ChangeId id, State state);

	/**
	 * Return the result of the last comparison.
	 * @param id the change
	 * @return the result, or nothing if there was none
	 */
	Optional<Verdict> verdict(ChangeId id);

	/**
	 * Return mismatches of the last comparison.
	 * @param id the change
	 * @param limit how many at most
	 * @return the mismatches
	 */
	List<Mismatch> mismatches(ChangeId id, int limit);

	/**
	 * Return rows that could not be copied.
	 * @param id the change
	 * @param limit how many at most
	 * @return the rows, those that were found first come first
	 */
	List<PoisonRow> poisonRows(ChangeId id, int limit);

	/**
	 * Remember that a statement has failed as what it names is out of sight; once a
	 * minute at most.
	 * @param id the change
	 * @param by who has run it
	 * @param what what PostgreSQL said
	 * @return whether something is out of sight, and this was not remembered a moment ago
	 */
	boolean missed(ChangeId id, String by, String what);

	/**
	 * Return how many rows could not be copied.
	 * @param id the change
	 * @return how many are set aside
	 */
	long countPoisonRows(ChangeId id);

	/**
	 * Let the rows that could not be copied be tried again.
	 * @param id the change
	 * @return how many there are
	 */
	int retryPoisonRows(ChangeId id);

	/**
	 * Return the history of a change.
	 * @param id the change
	 * @return its lines, oldest first
	 */
	List<LogEntry> history(ChangeId id);

}
