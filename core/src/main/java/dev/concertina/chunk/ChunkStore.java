package dev.concertina.chunk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.FirstQuery;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Check;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.plan.Step;

/**
 * The chunks of a change, shared by all workers.
 *
 * <p>
 * The protocol of a claim:
 * <ol>
 * <li>A worker locks the row of a chunk that nobody has locked
 * ({@code FOR UPDATE SKIP LOCKED}), while the change runs in the phase.</li>
 * <li>It does the work of one batch and moves the position of the chunk, in the same
 * transaction.</li>
 * <li>The commit makes work and position durable together and frees the chunk. When the
 * worker dies before, its connection dies, and both are as before.</li>
 * </ol>
 *
 * <p>
 * Eight chunks are gone over by turns, pass by pass. Between two passes over the same
 * rows other workers end the statements that still had to see what the first one has left
 * behind, which would keep it from being removed.
 *
 * <p>
 * A range of blocks belongs to a file of a table, whatever the table is called. Once the
 * table has another file, the chunk is not claimed any more. A range of keys belongs to
 * the table, and outlives its file.
 */
public final class ChunkStore {

	private static final String LOCK_CHANGE = """
			SELECT id FROM {state}.change WHERE id = ? AND phase = ? AND status = 'RUNNING' FOR UPDATE""";

	private static final String CLAIM = """
			SELECT * FROM {state}.claim_chunk(?, ?, ?)""";

	private static final String ADVANCE = """
			UPDATE {state}.chunk
			   SET next_block = ?, pass = ?, passes = ?, next_key = ?, units_done = ?, max_units = ?, row_count = row_count + ?, missing = missing + ?, different = different + ?,
			       extra = extra + ?, batches = batches + 1
			 WHERE id = ? AND relation = to_regclass(?)
			   AND (filenode IS NULL OR filenode = pg_relation_filenode(relation))
			RETURNING pg_stat_get_xact_tuples_updated(relation) AS updated, pg_stat_get_xact_tuples_hot_updated(relation) AS hot""";

	private static final String FORGET_REPAIRS = """
			DELETE FROM {state}.chunk WHERE change_id = ? AND phase = 'BACKFILL' AND step >= ?""";

	/** The ranges in which a comparison has found rows that differ. */
	private static final String PLAN_REPAIR = """
			INSERT INTO {state}.chunk (change_id, phase, step, relation, units, filenode, first_block, next_block, end_block, passes,
			                              key_columns, key_types, first_key, next_key, end_key)
			SELECT change_id, 'BACKFILL', ?, relation, units, filenode, first_block, first_block, end_block, 1,
			       key_columns, key_types, first_key, first_key, end_key
			  FROM {state}.chunk
			 WHERE change_id = ? AND phase = 'VERIFY' AND step = ? AND missing + different + extra > 0""";

	private static final String HAS_REPAIRS = """
			SELECT EXISTS (SELECT FROM {state}.chunk WHERE change_id = ? AND phase = 'BACKFILL' AND step >= ?)""";

	private static final String OPEN = """
			SELECT EXISTS (SELECT FROM {state}.chunk c
			                 JOIN pg_catalog.pg_class t ON t.oid = c.relation
			                WHERE c.change_id = ? AND c.phase = ? AND c.step = ? AND c.open
			                  AND (c.filenode IS NULL OR c.filenode = pg_relation_filenode(c.relation)))
			    OR EXISTS (SELECT FROM {state}.poison_row p
			                 JOIN pg_catalog.pg_class t ON t.oid = p.relation
			                WHERE p.change_id = ? AND p.phase = ? AND p.step = ? AND p.again)""";

	private static final String PUT_BACK = """
			UPDATE {state}.chunk
			   SET attempts = attempts + 1, max_units = least(?, max_units)
			 WHERE id = ? AND batches = ?""";

	private static final String FORGET = """
			WITH keyset AS (DELETE FROM {state}.keyset WHERE change_id = ? AND phase = ?)
			DELETE FROM {state}.chunk WHERE change_id = ? AND phase = ?""";

	private static final String RUNNING = """
			SELECT EXISTS (SELECT FROM {state}.change WHERE id = ? AND phase = ? AND status = 'RUNNING')""";

	private static final String PROGRESS = """
			SELECT coalesce(sum(units), 0) + (SELECT coalesce(sum(units_left), 0)
			                                    FROM {state}.keyset
			                                   WHERE change_id = ? AND phase = ?) AS units,
			       coalesce(sum(units_done), 0) AS units_done,
			       coalesce(sum(row_count), 0) AS row_count, coalesce(sum(batches), 0) AS batches,
			       coalesce(sum(missing), 0) AS missing, coalesce(sum(different), 0) AS different,
			       coalesce(sum(extra), 0) AS extra
			  FROM {state}.chunk
			 WHERE change_id = ? AND phase = ?""";

	private final StateJdbc jdbc;

	/**
	 * Use a database.
	 * @param jdbc the template of the database, or of a transaction
	 */
	public ChunkStore(StateJdbc jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Make sure that only one instance plans or forgets chunks; held until the end of the
	 * transaction.
	 * @param change the change
	 * @param phase the phase that it must be running in
	 * @return whether it is running in that phase
	 */
	public boolean lock(ChangeId change, Phase phase) {
		return this.jdbc.state(LOCK_CHANGE)
			.params(change.value(), phase.name())
			.query(String.class)
			.optional()
			.isPresent();
	}

	/**
	 * Forget the chunks of a phase, so that they are planned again.
	 * @param change the change
	 * @param phase the phase
	 */
	public void forget(ChangeId change, Phase phase) {
		this.jdbc.state(FORGET).params(change.value(), phase.name(), change.value(), phase.name()).update();
	}

	/**
	 * Let the ranges in which a comparison has found rows that differ be copied again.
	 * @param plan the plan of the change
	 * @return how many ranges there are that can be
	 */
	public int planRepair(Plan plan) {
		forgetRepairs(plan);
		List<Step> checks = plan.steps(Phase.VERIFY);
		int ranges = 0;
		for (int number = 0; number < checks.size(); number++) {
			if (checks.get(number) instanceof Check check && !check.repair().isEmpty()) {
				ranges += this.jdbc.state(PLAN_REPAIR).params(repairOf(plan, number), plan.change(), number).update();
			}
		}
		return ranges;
	}

	/**
	 * Forget which ranges were copied again.
	 * @param plan the plan of the change
	 */
	public void forgetRepairs(Plan plan) {
		this.jdbc.state(FORGET_REPAIRS).params(plan.change(), repairOf(plan, 0)).update();
	}

	/**
	 * Return whether ranges were copied again since that was forgotten.
	 * @param plan the plan of the change
	 * @return {@code true} if {@link #planRepair} has found any
	 */
	public boolean hasRepairs(Plan plan) {
		return this.jdbc.state(HAS_REPAIRS).params(plan.change(), repairOf(plan, 0)).query(Boolean.class).single();
	}

	/**
	 * Return the number that the repair of a comparison has among the steps of the
	 * backfill: behind them.
	 * @param plan the plan of the change
	 * @param check the number of the comparison
	 * @return the number of its repair
	 */
	public static int repairOf(Plan plan, int check) {
		return plan.steps(Phase.BACKFILL).size() + check;
	}

	/**
	 * Return how far a phase is.
	 * @param change the change
	 * @param phase the phase
	 * @return the progress of all its chunks
	 */
	public Progress progress(ChangeId change, Phase phase) {
		return this.jdbc.state(PROGRESS)
			.params(change.value(), phase.name(), change.value(), phase.name())
			.query((row, number) -> new Progress(row.getLong("units"), row.getLong("units_done"),
					row.getLong("row_count"), row.getLong("batches"), row.getLong("missing"), row.getLong("different"),
					row.getLong("extra")))
			.single();
	}

	boolean isRunning(ChunkTask task) {
		return this.jdbc.state(RUNNING)
			.params(task.change().value(), task.phase().name())
			.query(Boolean.class)
			.single();
	}

	boolean isOpen(ChunkTask task) {
		return this.jdbc.state(OPEN).params(task.id()).params(task.id()).query(Boolean.class).single();
	}

	/**
	 * Return what claims a chunk.
	 */
	static FirstQuery<Chunk> claim(ChunkTask task) {
		return new FirstQuery<>(CLAIM, List.of(task.id()),
				(row, number) -> new Chunk(row.getLong("id"), row.getString("relation"), position(row),
						row.getLong("batches"), row.getObject("max_units", Long.class)));
	}

	private static Position position(ResultSet row) throws SQLException {
		@Nullable List<String> endKey = KeysetStore.values(row, "end_key");
		return (endKey != null)
				? new KeyPosition(KeysetStore.key(row), KeysetStore.values(row, "next_key"), endKey,
						row.getLong("units"), row.getLong("units_done"))
				: new BlockPosition(row.getLong("first_block"), row.getLong("next_block"), row.getLong("end_block"),
						row.getInt("pass"), row.getInt("passes"));
	}

	/**
	 * Move the position of a chunk. What the batch has locked can't be renamed, rewritten
	 * or dropped any more, so this is the moment to ask whether it still is what was
	 * claimed.
	 * @param to where it is now
	 * @return what this session has lately overwritten there
	 * @throws ConcurrencyFailureException if it is not, and the work must be rolled back
	 */
	Overwritten advance(Chunk chunk, Position to, Tally tally) {
		return this.jdbc.state(ADVANCE)
			.param(to.nextBlock())
			.param(to.pass())
			.param(to.passes())
			.param(KeysetStore.array(to.nextKey()))
			.param(to.unitsDone())
			.param(chunk.maxUnitsNext())
			.params(tally.rows(), tally.missing(), tally.different(), tally.extra())
			.params(chunk.id(), chunk.relation())
			.query((row, number) -> new Overwritten(row.getLong("updated"), row.getLong("hot")))
			.optional()
			.orElseThrow(() -> changed(chunk.relation()));
	}

	/**
	 * Return what to throw where a batch has worked on something else than it was told.
	 */
	static ConcurrencyFailureException changed(String relation) {
		return new ConcurrencyFailureException(
				"%s was renamed, rewritten or dropped while a batch was at it".formatted(relation));
	}

	/**
	 * Let others come first after a batch has failed, unless somebody has gone on with
	 * the chunk.
	 * @param maxUnits how many units the next batch may have, {@code null} for as many as
	 * this one
	 */
	void putBack(Chunk chunk, @Nullable Long maxUnits) {
		this.jdbc.state(PUT_BACK).param(maxUnits).params(chunk.id(), chunk.batches()).update();
	}

}
