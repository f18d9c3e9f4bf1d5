package dev.concertina;

import java.util.List;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Database;

/**
 * Who replays what the server writes: a read of a standby finds the new structure as it
 * was there.
 *
 * @param database the database
 */
record Standbys(Database database) {

	/**
	 * Without the right to see it nothing is known of a standby, and it is not among
	 * them; nor is one that replays nothing.
	 */
	private static final String BEHIND = """
			SELECT format('%s (%s behind)', coalesce(nullif(s.application_name, ''), s.client_addr::text, 'pid ' || s.pid),
			              pg_size_pretty(pg_wal_lsn_diff(v.lsn, s.replay_lsn)))
			  FROM pg_catalog.pg_stat_replication s
			 CROSS JOIN (SELECT lsn FROM {state}.verdict WHERE change_id = ? ORDER BY id DESC LIMIT 1) AS v
			 WHERE s.state IN ('catchup', 'streaming') AND s.replay_lsn < v.lsn
			 ORDER BY 1""";

	/**
	 * Return those that have not replayed all that was compared when both structures of a
	 * change were found to be equal.
	 */
	List<String> behind(ChangeId change) {
		return this.database.jdbc().state(BEHIND).param(change.value()).query((row, number) -> row.getString(1)).list();
	}

}
