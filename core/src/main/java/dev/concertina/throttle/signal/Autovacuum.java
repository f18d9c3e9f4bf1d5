package dev.concertina.throttle.signal;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * Whether autovacuum has more to do on a table of the change than it gets done.
 *
 * <ol>
 * <li>Dead rows: how far they are above the number at which autovacuum begins, which the
 * settings of the server and of the table give. A table that it leaves alone does not
 * count.</li>
 * <li>Workers that prevent a wraparound, or wait: a worker of a backfill waits for a
 * second before each batch, to leave them the table.</li>
 * </ol>
 */
public final class Autovacuum implements Signal {

	/** {@code autovacuum_vacuum_max_threshold} is there from PostgreSQL 18 on. */
	private static final String DUE = Tables.WITH_PARTITIONS
			+ """
					, setting AS (
					    SELECT c.oid, c.relkind, c.reltuples,
					           (SELECT coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_enabled'), 'true')::boolean
					              FROM pg_options_to_table(c.reloptions)) AS enabled,
					           (SELECT coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold'),
					                            current_setting('autovacuum_vacuum_threshold'))::float8
					              FROM pg_options_to_table(c.reloptions)) AS base,
					           (SELECT coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor'),
					                            current_setting('autovacuum_vacuum_scale_factor'))::float8
					              FROM pg_options_to_table(c.reloptions)) AS factor,
					           (SELECT nullif(coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_max_threshold'),
					                                   current_setting('autovacuum_vacuum_max_threshold', true))::float8, -1)
					              FROM pg_options_to_table(c.reloptions)) AS most
					      FROM pg_catalog.pg_class c JOIN relation r ON r.oid = c.oid)
					SELECT s.oid::regclass::text AS name, t.n_dead_tup AS dead,
					       least(s.base + s.factor * greatest(s.reltuples, 0), s.most) AS threshold
					  FROM setting s JOIN pg_catalog.pg_stat_all_tables t ON t.relid = s.oid
					 WHERE s.enabled AND s.relkind <> 'p' AND current_setting('autovacuum')::boolean""";

	private static final String WORKERS = Tables.WITH_PARTITIONS + """
			SELECT DISTINCT l.relation::regclass::text AS name, a.pid,
			       coalesce(a.wait_event_type IN ('Lock', 'BufferPin'), false) AS waits
			  FROM pg_catalog.pg_stat_activity a
			  JOIN pg_catalog.pg_locks l ON l.pid = a.pid
			 WHERE a.backend_type = 'autovacuum worker' AND l.locktype = 'relation' AND a.datname = current_database()
			   AND l.relation IN (SELECT oid FROM relation)
			   AND (a.wait_event_type IN ('Lock', 'BufferPin') OR a.query LIKE '%(to prevent wraparound)')""";

	private final Probe probe;

	private final Limit dueness;

	/**
	 * Look at autovacuum.
	 * @param dataSource the database
	 * @param dueness the limit of dead rows, as a multiple of the number at which
	 * autovacuum begins
	 */
	public Autovacuum(DataSource dataSource, Limit dueness) {
		this.probe = new Probe(dataSource);
		this.dueness = dueness;
	}

	@Override
	public Signal on(DataSource other) {
		return new Autovacuum(other, this.dueness);
	}

	@Override
	public String name() {
		return "autovacuum";
	}

	@Override
	public boolean isOfTables() {
		return true;
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe.ask((jdbc) -> {
			Object names = Tables.names(tables);
			List<Advice> due = jdbc.sql(DUE)
				.param(names)
				.query((row, number) -> judge(row.getString("name"), row.getLong("dead"), row.getDouble("threshold")))
				.list();
			List<Advice> workers = jdbc.sql(WORKERS)
				.param(names)
				.query((row, number) -> leave(row.getString("name"), row.getInt("pid"), row.getBoolean("waits")))
				.list();
			return Stream.concat(due.stream(), workers.stream())
				.reduce(Advice::or)
				.orElseGet(() -> Advice.goOn("it is off for these tables"));
		});
	}

	private Advice judge(String table, long dead, double threshold) {
		double times = (double) dead / Math.max(1, threshold);
		return this.dueness.judge(times, "%s has %d dead rows, %s times what autovacuum begins at (limit %s)"
			.formatted(table, dead, Units.number(times), Units.number(this.dueness.slower())));
	}

	private static Advice leave(String table, int pid, boolean waits) {
		return Advice.slower(Limit.LONGEST_PAUSE,
				"pid %d %s on %s".formatted(pid, waits ? "waits" : "is at work to prevent a wraparound", table));
	}

}
