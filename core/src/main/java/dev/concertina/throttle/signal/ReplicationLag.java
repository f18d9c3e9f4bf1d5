package dev.concertina.throttle.signal;

import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How far standbys and subscribers are behind, in bytes and in seconds; the one that is
 * furthest behind counts.
 *
 * <p>
 * The seconds are those that the server has measured for the last WAL that was replayed,
 * so they stand still when a standby does. The bytes grow then.
 */
public final class ReplicationLag implements Signal {

	/** One that receives only, such as pg_receivewal, replays nothing. */
	private static final String LAG = """
			SELECT coalesce(nullif(application_name, ''), client_addr::text, 'pid ' || pid) AS standby,
			       state IS NOT NULL AS visible,
			       pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(replay_lsn, flush_lsn, write_lsn, sent_lsn))::float8 AS bytes,
			       extract(epoch FROM replay_lag)::float8 AS seconds
			  FROM pg_catalog.pg_stat_replication
			 WHERE state IS NULL OR state IN ('catchup', 'streaming')
			 ORDER BY 1""";

	private final Probe probe;

	private final Limit bytes;

	private final Limit seconds;

	private final Set<String> ignored;

	/**
	 * Measure how far standbys are behind.
	 * @param dataSource the database
	 * @param bytes the limit of the WAL that a standby has not replayed, in bytes
	 * @param seconds the limit of the time from a commit to its replay, in seconds
	 * @param ignored the {@code application_name} of each standby that may lag, such as
	 * one with a {@code recovery_min_apply_delay}
	 */
	public ReplicationLag(DataSource dataSource, Limit bytes, Limit seconds, Set<String> ignored) {
		this.probe = new Probe(dataSource);
		this.bytes = bytes;
		this.seconds = seconds;
		this.ignored = Set.copyOf(ignored);
	}

	@Override
	public Signal on(DataSource other) {
		return new ReplicationLag(other, this.bytes, this.seconds, this.ignored);
	}

	@Override
	public String name() {
		return "replication lag";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return lags().stream()
			.filter((lag) -> !this.ignored.contains(lag.standby()))
			.map(this::judge)
			.reduce(Advice::or)
			.orElseGet(() -> Advice.goOn("no standby"));
	}

	private List<Lag> lags() {
		return this.probe.ask((jdbc) -> jdbc.sql(LAG)
			.query((row, number) -> new Lag(row.getString("standby"), row.getBoolean("visible"),
					row.getObject("bytes", Double.class), row.getObject("seconds", Double.class)))
			.list());
	}

	private Advice judge(Lag lag) {
		if (!lag.visible()) {
			return Advice.unknown("the role does not see how far standbys are; grant it pg_read_all_stats");
		}
		double behind = (lag.bytes() != null) ? lag.bytes() : 0;
		double late = (lag.seconds() != null) ? lag.seconds() : 0;
		return this.bytes
			.judge(behind,
					"%s is %s behind (limit %s)".formatted(lag.standby(), Units.bytes(behind),
							Units.bytes(this.bytes.slower())))
			.or(this.seconds.judge(late, "%s is %s behind (limit %s)".formatted(lag.standby(), Units.seconds(late),
					Units.seconds(this.seconds.slower()))));
	}

	private record Lag(String standby, boolean visible, @Nullable Double bytes, @Nullable Double seconds) {

	}

}
