package dev.concertina.testing;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A fresh, empty database of its own, dropped when it is closed.
 */
public final class TestDatabase implements AutoCloseable {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final PostgresServer server;

	private final String name;

	private final DatabaseAccess access;

	private final ClosedAtTheEnd opened = new ClosedAtTheEnd();

	private @Nullable HikariDataSource pool;

	private TestDatabase(PostgresServer server, String name) {
		this.server = server;
		this.name = name;
		this.access = server.access(name);
	}

	public static TestDatabase create() {
		return create(PostgresServer.shared());
	}

	/**
	 * Creates a database, with settings such as {@code deadlock_timeout=100ms} for each
	 * of its sessions.
	 */
	public static TestDatabase create(PostgresServer server, String... settings) {
		TestDatabase database = new TestDatabase(server, "test_" + COUNTER.incrementAndGet());
		server.control().create(database.name);
		database.set("timezone=" + DatabaseAccess.TIME_ZONE);
		List.of(settings).forEach(database::set);
		return database;
	}

	public String name() {
		return this.name;
	}

	public String url() {
		return this.access.url();
	}

	public String user() {
		return this.access.user();
	}

	public String password() {
		return this.access.password();
	}

	public DatabaseAccess access() {
		return this.access;
	}

	public int majorVersion() {
		return this.server.control().majorVersion();
	}

	/**
	 * Returns a pool of up to ten connections with the application name {@code test}.
	 */
	public synchronized DataSource dataSource() {
		if (this.pool == null) {
			this.pool = this.access.pool("test");
		}
		return this.pool;
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	public TestDatabase execute(String... statements) {
		JdbcTemplate template = new JdbcTemplate(dataSource());
		List.of(statements).forEach(template::execute);
		return this;
	}

	/**
	 * Inserts rows from an expression list over the row number {@code n}, for example
	 * {@code "n, 'name ' || n"}.
	 */
	public TestDatabase withRows(String table, int count, String expressions) {
		return execute(
				"INSERT INTO %s SELECT %s FROM generate_series(1, %d) AS n".formatted(table, expressions, count));
	}

	public TestTable table(String table) {
		return new TestTable(this, table);
	}

	/**
	 * Opens a connection beside the pool; it is closed at the end of the test.
	 */
	public Connection open(String applicationName) {
		Connection connection = this.access.connect(applicationName);
		this.opened.add(connection::close);
		return connection;
	}

	/**
	 * Opens a session that a test scripts step by step; it is closed at the end of the
	 * test.
	 */
	public Session session(String applicationName) {
		Session session = new Session(applicationName, this.access.connect(applicationName), this.server.control());
		this.opened.add(session::close);
		return session;
	}

	/**
	 * Whether a session with that application name waits for a lock at the moment.
	 */
	public boolean waitsForLock(String applicationName) {
		return this.server.control().waitsForLock(this.name, applicationName);
	}

	@Override
	public void close() {
		if (this.pool != null) {
			this.opened.add(this.pool::close);
		}
		try {
			closeOpened();
		}
		finally {
			this.server.control().drop(this.name);
		}
	}

	void closeOpened() {
		this.opened.close();
	}

	private void set(String setting) {
		String[] parts = setting.split("=", 2);
		this.server.control().execute("ALTER DATABASE %s SET %s = '%s'".formatted(this.name, parts[0], parts[1]));
	}

}
