package dev.concertina.chunk;

import java.util.List;
import java.util.Optional;

import org.springframework.dao.ConcurrencyFailureException;

import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.RowRange;

/**
 * The rows of a table that could not be worked on. They are remembered by their key, as
 * they may move; a row of a table without key by its position, from which only a write
 * moves it, and that the triggers carry over.
 */
final class PoisonRows {

	private static final String UPDATE = """
			UPDATE {state}.poison_row
			   SET error = ?, attempts = attempts + 1, again = false, tried_at = clock_timestamp()
			 WHERE change_id = ? AND phase = ? AND step = ? AND relation = ?::regclass AND condition = ?""";

	private static final String INSERT = """
			INSERT INTO {state}.poison_row (error, change_id, phase, step, relation, condition, key)
			VALUES (?, ?, ?, ?, ?::regclass, ?, ?)""";

	private static final String CLAIM = """
			SELECT p.id, format('%I.%I', n.nspname, t.relname) AS relation, p.condition, p.key, p.error
			  FROM {state}.poison_row p
			  JOIN pg_catalog.pg_class t ON t.oid = p.relation
			  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE p.change_id = ? AND p.phase = ? AND p.step = ? AND p.again
			   AND EXISTS (SELECT FROM {state}.change h
			                WHERE h.id = p.change_id AND h.phase = p.phase AND h.status = 'RUNNING')
			 ORDER BY p.id
			 LIMIT 1
			   FOR UPDATE OF p SKIP LOCKED""";

	private static final String DELETE = """
			DELETE FROM {state}.poison_row WHERE id = ? AND relation = to_regclass(?)""";

	private static final String COUNT = """
			SELECT count(*) FROM {state}.poison_row WHERE change_id = ? AND phase = ? AND step = ?""";

	private final StateJdbc jdbc;

	private final ChunkTask task;

	PoisonRows(StateJdbc jdbc, ChunkTask task) {
		this.jdbc = jdbc;
		this.task = task;
	}

	/**
	 * Remember a row.
	 */
	Row add(Row row) {
		if (update(row, row.error()) == 0) {
			this.jdbc.state(INSERT)
				.param(row.error())
				.params(this.task.id())
				.params(row.relation(), row.condition(), row.key())
				.update();
		}
		return row;
	}

	private int update(Row row, String error) {
		return this.jdbc.state(UPDATE)
			.param(error)
			.params(this.task.id())
			.params(row.relation(), row.condition())
			.update();
	}

	/**
	 * Remember rows that a batch could not work on.
	 */
	List<Row> add(String relation, List<FailedRow> failed) {
		return failed.stream().map((row) -> add(at(relation, row.tid(), row.error()))).toList();
	}

	/**
	 * Return the row at a position, by its key if it has one.
	 */
	Row at(String relation, String tid, String error) {
		String position = "source.ctid = '%s'::tid".formatted(tid);
		return KeyColumns.of(this.jdbc)
			.ofAnIndex(relation)
			.flatMap((key) -> new KeyWalk(this.jdbc, relation, key).at(position)
				.map((values) -> Row.of(relation, key, values, error)))
			.orElseGet(() -> new Row(0, relation, position, tid, error));
	}

	/**
	 * Claim a row that shall be tried again.
	 */
	Optional<Row> claim() {
		return this.jdbc.state(CLAIM)
			.params(this.task.id())
			.query((row, number) -> new Row(row.getLong("id"), row.getString("relation"), row.getString("condition"),
					row.getString("key"), row.getString("error")))
			.optional();
	}

	void failedAgain(Row row, String error) {
		update(row, error);
	}

	/**
	 * Forget a row that was worked on.
	 * @throws ConcurrencyFailureException if its table was renamed meanwhile, and the
	 * work was done on another one
	 */
	void remove(Row row) {
		if (this.jdbc.state(DELETE).params(row.id(), row.relation()).update() == 0) {
			throw ChunkStore.changed(row.relation());
		}
	}

	long count() {
		return this.jdbc.state(COUNT).params(this.task.id()).query(Long.class).single();
	}

	/**
	 * A row that could not be worked on.
	 *
	 * @param id its number, 0 if it was just found
	 * @param relation the table or leaf partition, quoted
	 * @param condition the condition that finds it again
	 * @param key its key, for people
	 * @param error what PostgreSQL, or its task, said of it
	 */
	record Row(long id, String relation, String condition, String key, String error) {

		static Row of(String relation, Key key, List<String> values, String error) {
			return new Row(0, relation, key.is(values), String.join(", ", values), error);
		}

		RowRange range() {
			return RowRange.of(this.condition);
		}

	}

}
