package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How many sessions of the whole server are at work on a statement, those that wait for a
 * lock included.
 */
public final class ActiveSessions implements Signal {

	/** What the role may not see has no state and no type. */
	private static final String ACTIVE = """
			SELECT count(*) FILTER (WHERE state = 'active' AND backend_type = 'client backend') AS active,
			       count(*) FILTER (WHERE backend_type IS NULL) > 0 AS hidden
			  FROM pg_catalog.pg_stat_activity
			 WHERE datid IS NOT NULL AND pid <> pg_backend_pid()""";

	private final Probe probe;

	private final Limit sessions;

	/**
	 * Count who is at work.
	 * @param dataSource the database
	 * @param sessions the limit of sessions at work; that of pt-online-schema-change is
	 * 25, and it gives up at 50
	 */
	public ActiveSessions(DataSource dataSource, Limit sessions) {
		this.probe = new Probe(dataSource);
		this.sessions = sessions;
	}

	@Override
	public Signal on(DataSource other) {
		return new ActiveSessions(other, this.sessions);
	}

	@Override
	public String name() {
		return "active sessions";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe.ask((jdbc) -> jdbc.sql(ACTIVE).query((row, number) -> {
			Advice seen = judge(row.getLong("active"));
			return row.getBoolean("hidden")
					? seen.or(Advice.unknown("the role does not see what others do; grant it pg_read_all_stats"))
					: seen;
		}).single());
	}

	private Advice judge(long active) {
		return this.sessions.judge((double) active,
				"%d sessions are at work (limit %s)".formatted(active, Units.number(this.sessions.slower())));
	}

}
