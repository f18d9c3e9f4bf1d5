package dev.concertina.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.ChangeStatus;
import dev.concertina.chunk.Progress;
import dev.concertina.contract.Objection;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.throttle.Throttling;

/**
 * Changes as the engine tells of them.
 */
public final class Statuses {

	private static final Progress NOTHING = new Progress(0, 0, 0, 0, 0, 0, 0);

	private Statuses() {
	}

	/**
	 * A change that has copied so many of 100 blocks, 10 rows each.
	 */
	public static ChangeStatus copying(String id, int blocks) {
		return status(id, State.running(Phase.BACKFILL), null, done(blocks, 0), NOTHING);
	}

	/**
	 * A change that has compared so many of 100 blocks.
	 */
	public static ChangeStatus comparing(String id, int blocks, int missing) {
		return status(id, State.running(Phase.VERIFY), null, done(100, 0), done(blocks, missing));
	}

	public static ChangeStatus planned(String id) {
		return status(id, State.running(Phase.BACKFILL), null, NOTHING, NOTHING);
	}

	public static ChangeStatus failed(String id, String reason) {
		return status(id, new State(Phase.VERIFY, Status.FAILED), reason, done(100, 0), 2, done(100, 3));
	}

	/**
	 * A change that was rolled back after it had failed.
	 */
	public static ChangeStatus rolledBack(String id) {
		return status(id, new State(Phase.VERIFY, Status.ROLLED_BACK), null, done(100, 0), 2, done(100, 3));
	}

	/**
	 * A change whose contract somebody objects to.
	 */
	public static ChangeStatus waiting(String id) {
		return status(id, State.running(Phase.CONTRACT), null, done(100, 0), done(100, 0));
	}

	public static ChangeStatus completed(String id) {
		return status(id, new State(Phase.CONTRACT, Status.COMPLETED), null, done(100, 0), done(100, 0));
	}

	private static Progress done(int blocks, int missing) {
		return new Progress(100, blocks, blocks * 10L, blocks, missing, 0, 0);
	}

	private static ChangeStatus status(String id, State state, @Nullable String reason, Progress backfill,
			Progress verify) {
		return status(id, state, reason, backfill, 0, verify);
	}

	private static ChangeStatus status(String id, State state, @Nullable String reason, Progress backfill,
			long poisonRows, Progress verify) {
		return new ChangeStatus(id, "1", state, reason, Instant.EPOCH, 0, null, Tuning.NONE, backfill, poisonRows,
				verify, Optional.empty(),
				state.status().isFinal() ? List.of() : List.of(new Objection("problem", "action")), Throttling.NONE);
	}

}
