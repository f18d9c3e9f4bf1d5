package dev.concertina.state;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Phase;

/**
 * What people say of a change, beside its state: that it may contract, where its reads
 * go, how it is copied and compared. Who has seen it in a phase says it of that phase.
 */
final class Instructions {

	/** That of a release speaks for fewer instances, so a person's takes its place. */
	private static final String APPROVE = """
			WITH approved AS (UPDATE {state}.change
			                     SET approved_by = ?, approved_at = clock_timestamp()
			                   WHERE id = ? AND phase = coalesce(?, phase) AND (approved_by IS NULL OR approved_by = ? AND approved_by <> ?)
			               RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, 'contract approved' FROM approved""";

	private static final String APPROVE_BY_RELEASE = """
			WITH approved AS (UPDATE {state}.change
			                     SET approved_by = ?, approved_at = clock_timestamp()
			                   WHERE id = ? AND approved_by IS NULL AND status = 'RUNNING'
			               RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, 'contract approved' FROM approved""";

	private static final String READ_SHARE = """
			WITH moved AS (UPDATE {state}.change
			                  SET read_share = ?, read_share_since = clock_timestamp()
			                WHERE id = ? AND phase = coalesce(?, phase) AND read_share = ?
			                  AND status IN ('RUNNING', 'PAUSED', 'FAILED') AND retired_at IS NULL AND NOT dropped
			            RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, ? FROM moved""";

	private static final String TUNING = """
			SELECT workers, batch_millis, pause_millis FROM {state}.change WHERE id = ?""";

	private static final String TUNE = """
			WITH tuned AS (UPDATE {state}.change
			                  SET workers = ?, batch_millis = ?, pause_millis = ?
			                WHERE id = ? AND phase = coalesce(?, phase) AND status IN ('RUNNING', 'PAUSED', 'FAILED')
			            RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, ? FROM tuned""";

	private final StateJdbc jdbc;

	Instructions(StateJdbc jdbc) {
		this.jdbc = jdbc;
	}

	boolean approve(ChangeId id, @Nullable Phase assumed, String actor, String release) {
		return this.jdbc.state(APPROVE)
			.params(actor, id.value())
			.param(name(assumed))
			.params(release, actor, actor)
			.update() == 1;
	}

	boolean approveByRelease(ChangeId id, String release) {
		return this.jdbc.state(APPROVE_BY_RELEASE).params(release, id.value(), release).update() == 1;
	}

	boolean readShare(ChangeId id, @Nullable Phase assumed, int from, int to, String actor) {
		return this.jdbc.state(READ_SHARE)
			.params(to, id.value())
			.param(name(assumed))
			.params(from, actor, "reads from the new structure: %d %% to %d %%".formatted(from, to))
			.update() == 1;
	}

	Tuning tuning(ChangeId id) {
		return this.jdbc.state(TUNING)
			.param(id.value())
			.query((row, number) -> new Tuning(row.getObject(1, Integer.class), millis(row.getObject(2, Long.class)),
					millis(row.getObject(3, Long.class))))
			.optional()
			.orElse(Tuning.NONE);
	}

	private static @Nullable Duration millis(@Nullable Long millis) {
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

	boolean tune(ChangeId id, @Nullable Phase assumed, Tuning tuning, String actor) {
		return this.jdbc.state(TUNE)
			.param(tuning.workers())
			.param(millis(tuning.batchTime()))
			.param(millis(tuning.pause()))
			.param(id.value())
			.param(name(assumed))
			.params(actor, "%s from now on".formatted(tuning))
			.update() == 1;
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

	private static @Nullable String name(@Nullable Phase phase) {
		return (phase != null) ? phase.name() : null;
	}

}
