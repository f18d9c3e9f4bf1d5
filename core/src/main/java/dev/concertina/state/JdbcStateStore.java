package dev.concertina.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
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
			                WHERE id = ? AND phase = ? AND status = ? AND NOT (dropped AND ?) AND (judged)
			            RETURNING id)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, ?, ?, ? FROM moved""";

	/** What the gate has looked at, and others may change meanwhile. */
	private static final String JUDGED = "read_share = ? AND missed_at IS NOT DISTINCT FROM ?::timestamptz";

	private static final String HOLD = """
			SELECT id FROM {state}.change WHERE id = ? AND phase = ? AND status = ? FOR SHARE""";

	private static final String IS_IN = """
			SELECT EXISTS (SELECT FROM {state}.change WHERE id = ? AND phase = ? AND status = ?)""";

	private static final String MARK_DROPPED = """
			UPDATE {state}.change SET dropped = true WHERE id = ? AND phase = ? AND status = ?""";

	private static final String MARK_RETIRED = """
			UPDATE {state}.change SET retired_at = clock_timestamp(), soaked = false WHERE id = ? AND phase = ? AND status = ?""";

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

	private static final String SINCE = """
			SELECT at FROM {state}.event WHERE change_id = ? AND to_state = ? ORDER BY id DESC LIMIT 1""";

	private static final String HISTORY = """
			SELECT at, actor, from_state, to_state, reason FROM {state}.event WHERE change_id = ? ORDER BY id""";

	private final StateJdbc jdbc;

	private final Findings findings;

	private final Instructions instructions;

	JdbcStateStore(StateJdbc jdbc) {
		this.jdbc = jdbc;
		this.findings = new Findings(jdbc);
		this.instructions = new Instructions(jdbc);
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
		return transition(id, from, to, actor, reason, "true");
	}

	@Override
	public boolean contract(ChangeRecord judged, String actor, @Nullable String reason) {
		State to = judged.state().with(Status.CONTRACTING);
		return transition(judged.id(), judged.state(), to, actor, reason, JUDGED, judged.readShare(),
				timestamp(judged.missedAt()));
	}

	private boolean transition(ChangeId id, State from, State to, String actor, @Nullable String reason, String judged,
			@Nullable Object... values) {
		boolean unretired = from.status() == Status.UNRETIRING && to.status() == Status.PAUSED;
		boolean inSight = unretired || to.status() == Status.ROLLED_BACK;
		boolean soaked = from.status() == Status.RETIRED && to.status() == Status.CONTRACTING;
		return this.jdbc.state(TRANSITION.replace("judged", judged))
			.params(to.phase().name(), to.status().name())
			.param(reason)
			.params(to.status() == Status.ROLLING_BACK, to.status() == Status.CONTRACTING)
			.params(inSight, inSight, inSight, soaked, unretired)
			.params(id.value(), from.phase().name(), from.status().name(), !to.status().isFinishing())
			.params(Arrays.asList(values))
			.params(actor, from.toString(), to.toString())
			.param(reason)
			.update() == 1;
	}

	private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
		return (instant != null) ? Timestamp.from(instant) : null;
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
	public boolean approve(ChangeId id, @Nullable Phase assumed, String actor, String release) {
		return this.instructions.approve(id, assumed, actor, release);
	}

	@Override
	public boolean approveByRelease(ChangeId id, String release) {
		return this.instructions.approveByRelease(id, release);
	}

	@Override
	public boolean readShare(ChangeId id, @Nullable Phase assumed, int from, int to, String actor) {
		return this.instructions.readShare(id, assumed, from, to, actor);
	}

	@Override
	public Tuning tuning(ChangeId id) {
		return this.instructions.tuning(id);
	}

	@Override
	public boolean tune(ChangeId id, @Nullable Phase assumed, Tuning tuning, String actor) {
		return this.instructions.tune(id, assumed, tuning, actor);
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
	public Optional<Instant> lastTime(ChangeId id, State state) {
		return this.jdbc.state(SINCE)
			.params(id.value(), state.toString())
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.optional();
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
