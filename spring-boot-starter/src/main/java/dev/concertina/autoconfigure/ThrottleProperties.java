package dev.concertina.autoconfigure;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.concertina.throttle.Limit;
import dev.concertina.throttle.SignalOptions;

/**
 * Properties of the signals that may slow or hold a backfill. Above its limit a signal
 * asks for pauses of up to a second, and at twice its limit it holds the backfill, where
 * nothing else is said.
 *
 * @param interval How long what a signal said holds, before it is read again.
 * @param hold How long a worker waits when a signal holds it, before it asks again.
 * @param replicationLag How far standbys are behind.
 * @param retainedWal How much WAL replication slots keep.
 * @param archiveBacklog How many WAL segments wait to be archived.
 * @param walRate How much WAL the server writes.
 * @param autovacuum Whether autovacuum gets its work done on the tables of a change.
 * @param oldestTransaction How old the oldest transaction of the database is.
 * @param lockWaiters How many sessions wait for locks on the tables of a change.
 * @param activeSessions How many sessions of the server are at work.
 * @param deadRows How many rows of the tables of a change are dead.
 * @param query What a query of your own returns, such as disk space.
 * @param window When to work at all.
 * @param connectionPool How much of the connection pool of the application is in use.
 * @param foregroundLatency How long requests to the application take.
 */
@ConfigurationProperties("concertina.throttle")
public record ThrottleProperties(@DefaultValue("1s") Duration interval, @DefaultValue("10s") Duration hold,
		@DefaultValue ReplicationLag replicationLag, @DefaultValue RetainedWal retainedWal,
		@DefaultValue ArchiveBacklog archiveBacklog, @DefaultValue WalRate walRate, @DefaultValue Autovacuum autovacuum,
		@DefaultValue OldestTransaction oldestTransaction, @DefaultValue LockWaiters lockWaiters,
		@DefaultValue ActiveSessions activeSessions, @DefaultValue DeadRows deadRows, @DefaultValue Query query,
		@DefaultValue Window window, @DefaultValue ConnectionPool connectionPool,
		@DefaultValue ForegroundLatency foregroundLatency) {

	SignalOptions options() {
		return new SignalOptions(this.interval, this.hold);
	}

	private static Limit bytes(DataSize size) {
		return Limit.of((double) size.toBytes());
	}

	private static Limit seconds(Duration time) {
		return Limit.of(time.toMillis() / 1000.0);
	}

	/**
	 * How far standbys are behind.
	 *
	 * @param enabled Whether to throttle by the replication lag.
	 * @param limit Maximum time from a commit to its replay on a standby.
	 * @param limitSize Maximum WAL that a standby has not replayed.
	 * @param ignored Names of standbys (application_name) that may lag.
	 */
	public record ReplicationLag(@DefaultValue("false") boolean enabled, @DefaultValue("1500ms") Duration limit,
			@DefaultValue("256MB") DataSize limitSize, @DefaultValue Set<String> ignored) {

		Limit time() {
			return seconds(this.limit);
		}

		Limit size() {
			return bytes(this.limitSize);
		}

	}

	/**
	 * How much WAL replication slots keep.
	 *
	 * @param enabled Whether to throttle by the WAL that slots retain.
	 * @param limit Maximum WAL that one slot keeps.
	 */
	public record RetainedWal(@DefaultValue("false") boolean enabled, @DefaultValue("5GB") DataSize limit) {

		Limit size() {
			return bytes(this.limit);
		}

	}

	/**
	 * How many WAL segments wait to be archived.
	 *
	 * @param enabled Whether to throttle by the archive backlog.
	 * @param limit Maximum number of full segments that wait.
	 */
	public record ArchiveBacklog(@DefaultValue("false") boolean enabled, @DefaultValue("42") int limit) {

	}

	/**
	 * How much WAL the server writes.
	 *
	 * @param enabled Whether to throttle by the WAL rate.
	 * @param limit Maximum WAL per second, that of the backfill included.
	 */
	public record WalRate(@DefaultValue("false") boolean enabled, @DefaultValue("64MB") DataSize limit) {

		Limit size() {
			return bytes(this.limit);
		}

	}

	/**
	 * Whether autovacuum gets its work done on the tables of a change.
	 *
	 * @param enabled Whether to throttle by the backlog of autovacuum.
	 * @param limit Maximum number of dead rows, as a multiple of the number at which
	 * autovacuum begins.
	 */
	public record Autovacuum(@DefaultValue("false") boolean enabled, @DefaultValue("2") double limit) {

	}

	/**
	 * How old the oldest transaction of the database is.
	 *
	 * @param enabled Whether to throttle by the oldest transaction.
	 * @param limit Maximum age of a transaction that keeps dead rows from being removed.
	 */
	public record OldestTransaction(@DefaultValue("false") boolean enabled, @DefaultValue("5m") Duration limit) {

		Limit time() {
			return seconds(this.limit);
		}

	}

	/**
	 * How many sessions wait for locks on the tables of a change.
	 *
	 * @param enabled Whether to throttle by the number of lock waiters.
	 * @param limit Maximum number of sessions that wait for more than 300 ms.
	 */
	public record LockWaiters(@DefaultValue("false") boolean enabled, @DefaultValue("2") int limit) {

	}

	/**
	 * How many sessions of the server are at work.
	 *
	 * @param enabled Whether to throttle by the number of active sessions.
	 * @param limit Maximum number of sessions that are at work on a statement.
	 */
	public record ActiveSessions(@DefaultValue("false") boolean enabled, @DefaultValue("25") int limit) {

	}

	/**
	 * How many rows of the tables of a change are dead.
	 *
	 * @param enabled Whether to throttle by the share of dead rows.
	 * @param limit Maximum share of dead rows, from 0 to 1.
	 */
	public record DeadRows(@DefaultValue("false") boolean enabled, @DefaultValue("0.3") double limit) {

	}

	/**
	 * What a query of your own returns, such as disk space.
	 *
	 * @param sql Query that returns one number and only reads; switches the signal on.
	 * @param name What the number is, as it is told with the reason.
	 * @param limit Maximum number.
	 * @param holdFrom Number from which the backfill is held; twice the limit if it is
	 * not set.
	 */
	public record Query(@Nullable String sql, @DefaultValue("query") String name, @DefaultValue("0") double limit,
			@Nullable Double holdFrom) {

		Limit number() {
			return (this.holdFrom != null) ? new Limit(this.limit, this.holdFrom) : Limit.of(this.limit);
		}

	}

	/**
	 * When to work at all.
	 *
	 * @param hours Times of each day in which backfills run, such as 22:00-06:00;
	 * switches the signal on.
	 * @param zone Time zone of the hours.
	 */
	public record Window(@DefaultValue List<String> hours, @DefaultValue("UTC") ZoneId zone) {

	}

	/**
	 * How much of the connection pool of the application is in use.
	 *
	 * @param enabled Whether to throttle by the use of the connection pool.
	 * @param limit Maximum share of connections in use, from 0 to 1.
	 * @param holdFrom Share from which the backfill is held.
	 */
	public record ConnectionPool(@DefaultValue("false") boolean enabled, @DefaultValue("0.8") double limit,
			@DefaultValue("1") double holdFrom) {

	}

	/**
	 * How long requests to the application take.
	 *
	 * @param enabled Whether to throttle by the foreground latency.
	 * @param timer Name of the timer of Micrometer that measures requests.
	 * @param limit Maximum mean time of that timer.
	 */
	public record ForegroundLatency(@DefaultValue("false") boolean enabled,
			@DefaultValue("http.server.requests") String timer, @DefaultValue("500ms") Duration limit) {

		Limit time() {
			return seconds(this.limit);
		}

	}

}
