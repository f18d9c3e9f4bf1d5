package dev.concertina.testing;

import java.sql.Connection;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The one connection beside the tests' own databases: it creates and drops these and sees
 * who waits for whom.
 */
public final class ServerControl {

	private static final String BLOCKERS = """
			SELECT DISTINCT unnest(pg_blocking_pids(?))""";

	private static final String WAITERS = """
			SELECT count(*) > 0
			  FROM pg_stat_activity
			 WHERE datname = ? AND application_name = ? AND cardinality(pg_blocking_pids(pid)) > 0""";

	private static final String END_SESSION = """
			SELECT count(pg_terminate_backend(pid))
			  FROM pg_stat_activity
			 WHERE pid = ?""";

	private static final String END_SESSIONS_OF_DATABASE = """
			SELECT count(pg_terminate_backend(pid))
			  FROM pg_stat_activity
			 WHERE datname = ?""";

	private static final String MAJOR_VERSION = """
			SELECT current_setting('server_version_num')::int / 10000""";

	private final DatabaseAccess access;

	private @Nullable Connection connection;

	ServerControl(DatabaseAccess access) {
		this.access = access;
	}

	/**
	 * Returns the process ids of the sessions that the given one waits for at the moment.
	 */
	public synchronized Set<Integer> blockersOf(int pid) {
		return jdbc().sql(BLOCKERS).param(pid).query((row, number) -> row.getInt(1)).set();
	}

	/**
	 * Whether a session of that name in that database waits for a lock at the moment.
	 */
	public synchronized boolean waitsForLock(String database, String applicationName) {
		return jdbc().sql(WAITERS).param(database).param(applicationName).query(Boolean.class).single();
	}

	/**
	 * Ends a session on the server side and waits until it is gone with its locks.
	 */
	public void terminate(int pid) {
		Patience.await().until(() -> stillThere(END_SESSION, pid) == 0);
	}

	void create(String database) {
		execute("CREATE DATABASE " + database);
	}

	/**
	 * Drops a database, but not before its last session is gone, because the server
	 * itself would look for that only every 100 ms.
	 */
	void drop(String database) {
		Patience.await().until(() -> stillThere(END_SESSIONS_OF_DATABASE, database) == 0);
		execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
	}

	synchronized int majorVersion() {
		return jdbc().sql(MAJOR_VERSION).query(Integer.class).single();
	}

	synchronized void execute(String sql) {
		new JdbcTemplate(session()).execute(sql);
	}

	synchronized void close() {
		JdbcUtils.closeConnection(this.connection);
		this.connection = null;
	}

	private synchronized int stillThere(String ending, Object whose) {
		return jdbc().sql(ending).param(whose).query(Integer.class).single();
	}

	private JdbcClient jdbc() {
		return JdbcClient.create(session());
	}

	private DataSource session() {
		if (this.connection == null) {
			this.connection = this.access.connect("test control");
		}
		return new SingleConnectionDataSource(this.connection, true);
	}

}
