package dev.concertina.state;

import java.util.List;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.StateJdbc;

/**
 * Rows that were found unequal, rows that could not be copied, and statements that have
 * missed what is out of sight.
 */
final class Findings {

	private static final String MISMATCHES = """
			SELECT table_name, key, difference FROM {state}.mismatch WHERE change_id = ? ORDER BY id LIMIT ?""";

	private static final String POISON_ROWS = """
			SELECT coalesce(quote_ident(n.nspname) || '.' || quote_ident(t.relname), p.relation::text), p.key, p.error, p.attempts, p.tried_at
			  FROM {state}.poison_row p
			  LEFT JOIN pg_catalog.pg_class t ON t.oid = p.relation
			  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
			 WHERE p.change_id = ?
			 ORDER BY p.id
			 LIMIT ?""";

	private static final String COUNT_POISON_ROWS = """
			SELECT count(*) FROM {state}.poison_row WHERE change_id = ?""";

	private static final String RETRY_POISON_ROWS = """
			UPDATE {state}.poison_row SET again = true WHERE change_id = ?""";

	private static final String MISSED = """
			WITH missed AS (UPDATE {state}.change
			                   SET missed_at = clock_timestamp()
			                 WHERE id = ? AND retired_at IS NOT NULL AND NOT dropped
			                   AND coalesce(missed_at, '-infinity') < clock_timestamp() - interval '1 minute'
			             RETURNING id, phase, status)
			INSERT INTO {state}.event (change_id, actor, from_state, to_state, reason)
			SELECT id, ?, phase || ' ' || status, phase || ' ' || status, ? FROM missed""";

	private final StateJdbc jdbc;

	Findings(StateJdbc jdbc) {
		this.jdbc = jdbc;
	}

	List<Mismatch> mismatches(ChangeId id, int limit) {
		return this.jdbc.state(MISMATCHES)
			.params(id.value(), limit)
			.query((row, number) -> new Mismatch(row.getString(1), row.getString(2), row.getString(3)))
			.list();
	}

	List<PoisonRow> poisonRows(ChangeId id, int limit) {
		return this.jdbc.state(POISON_ROWS)
			.params(id.value(), limit)
			.query((row, number) -> new PoisonRow(row.getString(1), row.getString(2), row.getString(3), row.getInt(4),
					row.getTimestamp(5).toInstant()))
			.list();
	}

	boolean missed(ChangeId id, String by, String what) {
		return this.jdbc.state(MISSED).params(id.value(), by, "missed by a statement: " + what).update() == 1;
	}

	long countPoisonRows(ChangeId id) {
		return this.jdbc.state(COUNT_POISON_ROWS).param(id.value()).query(Long.class).single();
	}

	int retryPoisonRows(ChangeId id) {
		return this.jdbc.state(RETRY_POISON_ROWS).param(id.value()).update();
	}

}
