package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How many sessions wait for a lock on a table of the change, or on one of its rows.
 *
 * <p>
 * Only waits of more than 300 ms count: a batch of a backfill gives up after 200 ms, and
 * who waits for a batch waits for some 100 ms.
 */
public final class LockWaiters implements Signal {

	/**
	 * Who waits for a row waits for a transaction, and holds or wants the lock of the
	 * tuple.
	 */
	private static final String WAITING = Tables.WITH_PARTITIONS
			+ """
					SELECT count(DISTINCT w.pid)
					  FROM pg_catalog.pg_locks w
					 WHERE NOT w.granted AND w.waitstart < clock_timestamp() - interval '300 ms'
					   AND EXISTS (SELECT FROM pg_catalog.pg_locks l
					                WHERE l.pid = w.pid AND l.locktype IN ('relation', 'tuple')
					                  AND (NOT l.granted OR l.locktype = 'tuple')
					                  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
					                  AND l.relation IN (SELECT oid FROM relation))""";

	private final Probe probe;

	private final Limit sessions;

	/**
	 * Count who waits for locks.
	 * @param dataSource the database
	 * @param sessions the limit of sessions that wait
	 */
	public LockWaiters(DataSource dataSource, Limit sessions) {
		this.probe = new Probe(dataSource);
		this.sessions = sessions;
	}

	@Override
	public Signal on(DataSource other) {
		return new LockWaiters(other, this.sessions);
	}

	@Override
	public String name() {
		return "lock waiters";
	}

	@Override
	public boolean isOfTables() {
		return true;
	}

	@Override
	public Advice read(Set<TableName> tables) {
		long waiting = this.probe
			.ask((jdbc) -> jdbc.sql(WAITING).param(Tables.names(tables)).query(Long.class).single());
		return this.sessions.judge((double) waiting, "%d sessions wait for a lock on %s (limit %s)".formatted(waiting,
				tables, Units.number(this.sessions.slower())));
	}

}
