package dev.concertina.event;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Blocker;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Verdict;

/**
 * Something that happened to a change.
 */
public sealed interface MigrationEvent {

	/**
	 * Return the change that it happened to.
	 * @return the id of the change
	 */
	ChangeId change();

	/**
	 * The change went from one state to another.
	 *
	 * @param change the id of the change
	 * @param from the state before
	 * @param to the state after
	 * @param reason why, where a person should know
	 */
	record StateChanged(ChangeId change, State from, State to, @Nullable String reason) implements MigrationEvent {

	}

	/**
	 * A batch was committed.
	 *
	 * @param change the id of the change
	 * @param phase what it was part of
	 * @param relation the table or leaf partition, quoted
	 * @param units how many blocks it went over, or rows where it is not by blocks
	 * @param rows how many rows it copied or compared
	 * @param duration how long its transaction took
	 */
	record BatchFinished(ChangeId change, Phase phase, String relation, long units, long rows,
			Duration duration) implements MigrationEvent {

	}

	/**
	 * A batch was rolled back and will be tried again.
	 *
	 * @param change the id of the change
	 * @param phase what it was part of
	 * @param problem what PostgreSQL said
	 * @param pause how long the worker waits before it goes on
	 */
	record BatchRetried(ChangeId change, Phase phase, String problem, Duration pause) implements MigrationEvent {

	}

	/**
	 * A row could not be copied, alone too, and was set aside.
	 *
	 * @param change the id of the change
	 * @param relation the table or leaf partition, quoted
	 * @param key the key of the row, or its position if the table has none
	 * @param problem what PostgreSQL said
	 */
	record PoisonRowFound(ChangeId change, String relation, String key, String problem) implements MigrationEvent {

	}

	/**
	 * A throttle made a worker wait, or the pause that is set for all batches.
	 *
	 * @param change the id of the change
	 * @param pause how long the worker waits
	 * @param reason which signal asked for it, and its value
	 */
	record Held(ChangeId change, Duration pause, String reason) implements MigrationEvent {

		/** The reason of a pause that nothing but the options ask for. */
		public static final String REST = "pause between batches";

	}

	/**
	 * A lock was not granted in time; the statements were rolled back.
	 *
	 * @param change the id of the change
	 * @param attempt which attempt it was, from 1
	 * @param blockers who held locks on the tables
	 */
	record LockTimedOut(ChangeId change, int attempt, List<Blocker> blockers) implements MigrationEvent {

		public LockTimedOut {
			blockers = List.copyOf(blockers);
		}

	}

	/**
	 * A statement has failed as what it names is out of sight; told once a minute at
	 * most.
	 *
	 * @param change the id of the change
	 * @param problem what PostgreSQL said
	 */
	record OldStructureMissed(ChangeId change, String problem) implements MigrationEvent {

	}

	/**
	 * A full comparison came to its end.
	 *
	 * @param change the id of the change
	 * @param verdict what it has found
	 */
	record Compared(ChangeId change, Verdict verdict) implements MigrationEvent {

	}

}
