package dev.concertina.jdbc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.schema.TableName;

/**
 * A session that holds a lock on a table.
 *
 * @param pid the process id of its backend
 * @param application its {@code application_name}
 * @param state what it does, such as {@code idle in transaction}
 * @param age how long its transaction is open
 * @param query its last statement
 */
public record Blocker(int pid, String application, String state, Duration age, @Nullable String query) {

	private static final String HOLDERS = """
			SELECT a.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'unknown') AS application,
			       coalesce(a.state, a.backend_type, 'unknown') AS state,
			       extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.query_start)) AS age,
			       left(regexp_replace(a.query, '\\s+', ' ', 'g'), 120) AS query
			  FROM pg_catalog.pg_stat_activity a
			 WHERE a.pid <> pg_backend_pid()
			   AND clock_timestamp() - coalesce(a.xact_start, a.query_start) >= make_interval(secs => ?)
			   AND EXISTS (SELECT FROM pg_catalog.pg_locks l
			                WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation'
			                  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
			                  AND %s)
			 ORDER BY age DESC""";

	private static final String OF_TABLES = HOLDERS
		.formatted("l.relation = ANY (SELECT to_regclass(t)::oid FROM unnest(?::text[]) AS t)");

	private static final String OF_ANY_TABLE = HOLDERS.formatted("l.relation >= 16384");

	/**
	 * Return who holds locks on tables for long.
	 * @param jdbc the template of the session that wants a lock
	 * @param tables the tables
	 * @param olderThan the least age of their transactions
	 * @return the sessions, oldest first
	 */
	public static List<Blocker> of(JdbcTemplate jdbc, Collection<TableName> tables, Duration olderThan) {
		return query(jdbc, OF_TABLES, olderThan,
				(Object) tables.stream().map(TableName::quoted).toArray(String[]::new));
	}

	/**
	 * Return who holds a lock on any table for long: a reader too keeps others from
	 * changing its structure.
	 * @param jdbc the template of the database
	 * @param olderThan the least age of their transactions
	 * @return the sessions, oldest first
	 */
	public static List<Blocker> anywhere(JdbcTemplate jdbc, Duration olderThan) {
		return query(jdbc, OF_ANY_TABLE, olderThan);
	}

	private static List<Blocker> query(JdbcTemplate jdbc, String sql, Duration olderThan, Object... more) {
		JdbcClient client = JdbcClient.create(jdbc);
		// inside a transaction pg_stat_activity stays as it was first read, unless
		// cleared
		client.sql("SELECT pg_stat_clear_snapshot()").query().singleColumn();
		JdbcClient.StatementSpec statement = client.sql(sql).param(olderThan.toMillis() / 1000.0);
		for (Object parameter : more) {
			statement = statement.param(parameter);
		}
		return statement
			.query((row, number) -> new Blocker(row.getInt("pid"), row.getString("application"), row.getString("state"),
					Duration.ofMillis((long) (row.getDouble("age") * 1000)), row.getString("query")))
			.list();
	}

	/**
	 * Return whether this is an autovacuum that lets go of its table once somebody has
	 * waited for it for the server's {@code deadlock_timeout}; one that prevents a
	 * wraparound of transaction ids does not.
	 * @return {@code true} if it need not be waited for
	 */
	public boolean yields() {
		return this.application.equals("autovacuum worker")
				&& (this.query == null || !this.query.endsWith("(to prevent wraparound)"));
	}

	@Override
	public String toString() {
		return "pid %d (%s, %s for %.1f s: %s)".formatted(this.pid, this.application, this.state,
				this.age.toMillis() / 1000.0, this.query);
	}

}
