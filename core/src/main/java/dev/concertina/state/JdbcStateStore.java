package dev.concertina.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.change.ContractPolicy;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.CanonicalJson;
import dev.concertina.plan.Fingerprint;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;

/**
 * State in tables of a schema of its own.
 */
class JdbcStateStore implements StateStore {

	private static final String INSERT = """
			WITH added AS (INSERT INTO {state}.change (id, version, fingerprint, contract, plan, plan_print, kept_by, phase, status)
			               VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?))
			INSERT INTO {state}.event (change_id, actor, from_state, to_state)
			VALUES (?, 'flyway', 'NEW', ?)""";

	private static final String SELECT = """
			SELECT id, version, fingerprint, contract, plan::text AS plan, phase, status, reason, dropped, read_share, read_share_since,
			       approved_by, retired_at, missed_at, soaked, since
			  FROM {state}.change""";

	private static final String TRANSITION = """
			WITH moved AS (UPDATE {state}.change
			                  SET phase = ?, status = ?, reason = ?, since = clock_timestamp(),
			                      read_share = CASE WHEN ? THEN 0 ELSE read_share END,
			                      dropped = dropped OR (kept_by = 'APPLICATION' AND ?),
			                      retired_at = CASE WHEN ? THEN NULL ELSE retired_at END,
			                      missed_at = CASE WHEN ? THEN NULL ELSE missed_at END,
			                      soaked = CASE WHEN ? THEN false ELSE soaked OR ? END,
			                      approved_by = CASE WHEN ? THEN NULL ELSE approved_by END
			                WHERE id = ? AND phase = ? AND status = ? AND NOT (dropped AND ?)
			            RETURNING id)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, ?, ?, ? FROM moved""";

	private static final String HOLD = """
			SELECT id FROM {state}.change WHERE id = ? AND phase = ? AND status = ? FOR SHARE""";

	private static final String IS_IN = """
			SELECT EXISTS (SELECT FROM {state}.change WHERE id = ? AND phase = ? AND status = ?)""";

	private static final String MARK_DROPPED = """
			UPDATE {state}.change SET dropped = true WHERE id = ? AND phase = ? AND status = ?""";

	private static final String MARK_RETIRED = """
			UPDATE {state}.change SET retired_at = clock_timestamp() WHERE id = ? AND phase = ? AND status = ?""";

	private static final String APPROVE = """
			WITH approved AS (UPDATE {state}.change
			                     SET approved_by = ?, approved_at = clock_timestamp()
			                   WHERE id = ? AND approved_by IS NULL
			               RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, 'contract approved' FROM approved""";

	private static final String READ_SHARE = """
			WITH moved AS (UPDATE {state}.change
			                  SET read_share = ?, read_share_since = clock_timestamp()
			                WHERE id = ? AND read_share = ? AND status NOT IN ('ROLLING_BACK', 'ROLLBACK_FAILED', 'ROLLED_BACK')
			            RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, ? FROM moved""";

	private static final String TUNING = """
			SELECT workers, batch_millis, pause_millis FROM {state}.change WHERE id = ?""";

	private static final String TUNE = """
			WITH tuned AS (UPDATE {state}.change
			                  SET workers = ?, batch_millis = ?, pause_millis = ?
			                WHERE id = ? AND status IN ('RUNNING', 'PAUSED', 'FAILED')
			            RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, ? FROM tuned""";

	private static final String INSERT_VERDICT = """
			INSERT INTO {state}.verdict (change_id, row_count, missing, different, extra)
			VALUES (?, ?, ?, ?, ?)""";

	private static final String LAST_VERDICT = """
			SELECT at, row_count, missing, different, extra
			  FROM {state}.verdict
			 WHERE change_id = ?
			 ORDER BY id DESC
			 LIMIT 1""";

	private static final String APPROVED_SINCE = """
			SELECT EXISTS (SELECT FROM {state}.change c
			                WHERE c.id = ?
			                  AND c.approved_at >= ALL (SELECT at FROM {state}.event WHERE change_id = c.id AND to_state = ?))""";

	private static final String HISTORY = """
			SELECT at, actor, from_state, to_state, reason FROM {state}.event WHERE change_id = ? ORDER BY id""";

	private final StateJdbc jdbc;

	private final Findings findings;

	JdbcStateStore(StateJdbc jdbc) {
		this.jdbc = jdbc;
		this.findings = new Findings(jdbc);
	}

	@Override
	public void add(Change change, Plan plan, State state) {
		String id = change.id().value();
		this.jdbc.state(INSERT)
			.params(id, change.version().value(), change.fingerprint().value(), change.contract().name(),
					CanonicalJson.write(plan), plan.fingerprint().value(), plan.keptBy().name(), state.phase().name(),
					state.status().name())
			.params(id, state.toString())
			.update();
	}

	@Override
	public Optional<ChangeRecord> find(ChangeId id) {
		return this.jdbc.state(SELECT + " WHERE id = ?")
			.param(id.value())
			.query((row, number) -> change(row))
			.optional();
	}

	@Override
	public List<ChangeRecord> all() {
		return this.jdbc.state(SELECT + " ORDER BY string_to_array(version, '.')::numeric[]")
			.query((row, number) -> change(row))
			.list();
	}

	private static ChangeRecord change(ResultSet row) throws SQLException {
		return new ChangeRecord(ChangeId.of(row.getString("id")), row.getString("version"),
				new Fingerprint(row.getString("fingerprint")), ContractPolicy.valueOf(row.getString("contract")),
				CanonicalJson.readPlan(row.getString("plan")),
				new State(Phase.valueOf(row.getString("phase")), Status.valueOf(row.getString("status"))),
				row.getString("reason"), row.getBoolean("dropped"), row.getInt("read_share"),
				row.getTimestamp("read_share_since").toInstant(), row.getString("approved_by"),
				instant(row.getTimestamp("retired_at")), instant(row.getTimestamp("missed_at")),
				row.getBoolean("soaked"), row.getTimestamp("since").toInstant());
	}

	private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	@Override
	public boolean transition(ChangeId id, State from, State to, String actor, @Nullable String reason) {
		boolean back = to.status() == Status.ROLLING_BACK;
		boolean undone = from.status() == Status.UNRETIRING && to.status() == Status.PAUSED;
		return this.jdbc.state(TRANSITION)
			.params(to.phase().name(), to.status().name())
			.param(reason)
			.params(back, to.status() == Status.CONTRACTING)
			.params(undone, undone, undone, from.status() == Status.RETIRED, undone)
			.params(id.value(), from.phase().name(), from.status().name(), back)
			.params(actor, from.toString(), to.toString())
			.param(reason)
			.update() == 1;
	}

	@Override
	public boolean isIn(ChangeId id, State state) {
		return this.jdbc.state(IS_IN)
			.params(id.value(), state.phase().name(), state.status().name())
			.query(Boolean.class)
			.single();
	}

	@Override
	public boolean markRetired(ChangeId id, State state) {
		return this.jdbc.state(MARK_RETIRED)
			.params(id.value(), state.phase().name(), state.status().name())
			.update() == 1;
	}

	@Override
	public boolean markDropped(ChangeId id, State state) {
		return this.jdbc.state(MARK_DROPPED)
			.params(id.value(), state.phase().name(), state.status().name())
			.update() == 1;
	}

	@Override
	public boolean hold(ChangeId id, State state) {
		return this.jdbc.state(HOLD)
			.params(id.value(), state.phase().name(), state.status().name())
			.query(String.class)
			.optional()
			.isPresent();
	}

	@Override
	public boolean approve(ChangeId id, String actor) {
		return this.jdbc.state(APPROVE).params(actor, id.value(), actor).update() == 1;
	}

	@Override
	public boolean readShare(ChangeId id, int from, int to, String actor) {
		String reason = "reads from the new structure: %d %% to %d %%".formatted(from, to);
		return this.jdbc.state(READ_SHARE).params(to, id.value(), from, actor, reason).update() == 1;
	}

	@Override
	public Tuning tuning(ChangeId id) {
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

	@Override
	public boolean tune(ChangeId id, Tuning tuning, String actor) {
		return this.jdbc.state(TUNE)
			.param(tuning.workers())
			.param(millis(tuning.batchTime()))
			.param(millis(tuning.pause()))
			.params(id.value(), actor, "%s from now on".formatted(tuning))
			.update() == 1;
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

	@Override
	public void add(ChangeId id, Verdict verdict) {
		this.jdbc.state(INSERT_VERDICT)
			.params(id.value(), verdict.rows(), verdict.missing(), verdict.different(), verdict.extra())
			.update();
	}

	@Override
	public Optional<Verdict> verdict(ChangeId id) {
		return this.jdbc.state(LAST_VERDICT)
			.param(id.value())
			.query((row, number) -> new Verdict(row.getTimestamp("at").toInstant(), row.getLong("row_count"),
					row.getLong("missing"), row.getLong("different"), row.getLong("extra")))
			.optional();
	}

	@Override
	public boolean isApprovedSince(ChangeId id, State state) {
		return this.jdbc.state(APPROVED_SINCE).params(id.value(), state.toString()).query(Boolean.class).single();
	}

	@Override
	public List<Mismatch> mismatches(ChangeId id, int limit) {
		return this.findings.mismatches(id, limit);
	}

	@Override
	public List<PoisonRow> poisonRows(ChangeId id, int limit) {
		return this.findings.poisonRows(id, limit);
	}

	@Override
	public boolean missed(ChangeId id, String by, String what) {
		return this.findings.missed(id, by, what);
	}

	@Override
	public long countPoisonRows(ChangeId id) {
		return this.findings.countPoisonRows(id);
	}

	@Override
	public int retryPoisonRows(ChangeId id) {
		return this.findings.retryPoisonRows(id);
	}

	@Override
	public List<LogEntry> history(ChangeId id) {
		return this.jdbc.state(HISTORY)
			.param(id.value())
			.query((row, number) -> new LogEntry(row.getTimestamp("at").toInstant(), row.getString("actor"),
					row.getString("from_state"), row.getString("to_state"), row.getString("reason")))
			.list();
	}

}
