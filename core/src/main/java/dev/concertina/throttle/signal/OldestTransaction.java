package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How old the oldest transaction of the database is that keeps dead rows from being
 * removed, prepared ones included. Behind it, each pass of a backfill makes the table
 * grow.
 */
public final class OldestTransaction implements Signal {

	/** A vacuum keeps nobody from removing dead rows; the own transaction is new. */
	private static final String OLDEST = """
			WITH horizon AS (
			    SELECT 'pid ' || pid || coalesce(' (' || nullif(application_name, '') || ')', '') AS who, xact_start AS since
			      FROM pg_catalog.pg_stat_activity
			     WHERE datname = current_database() AND pid <> pg_backend_pid()
			       AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
			       AND backend_type IS DISTINCT FROM 'autovacuum worker' AND backend_type IS DISTINCT FROM 'walsender'
			     UNION ALL
			    SELECT 'prepared transaction ' || gid, prepared
			      FROM pg_catalog.pg_prepared_xacts
			     WHERE database = current_database())
			SELECT who, since IS NOT NULL AS visible,
			       coalesce(extract(epoch FROM clock_timestamp() - since), 0)::float8 AS age
			  FROM horizon""";

	private final Probe probe;

	private final Limit seconds;

	/**
	 * Measure the age of transactions.
	 * @param dataSource the database
	 * @param seconds the limit of the age, in seconds
	 */
	public OldestTransaction(DataSource dataSource, Limit seconds) {
		this.probe = new Probe(dataSource);
		this.seconds = seconds;
	}

	@Override
	public Signal on(DataSource other) {
		return new OldestTransaction(other, this.seconds);
	}

	@Override
	public String name() {
		return "oldest transaction";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe.ask((jdbc) -> jdbc.sql(OLDEST)
			.query((row, number) -> row.getBoolean("visible") ? judge(row.getString("who"), row.getDouble("age"))
					: Advice.unknown(
							"the role does not see how long others' transactions are open; grant it pg_read_all_stats"))
			.list()).stream().reduce(Advice::or).orElseGet(() -> Advice.goOn("no other transaction"));
	}

	private Advice judge(String who, double age) {
		return this.seconds.judge(age, "%s is open for %s (limit %s)".formatted(who, Units.seconds(age),
				Units.seconds(this.seconds.slower())));
	}

}
