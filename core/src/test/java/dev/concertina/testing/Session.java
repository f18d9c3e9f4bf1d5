package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * A database session with a connection and a thread of its own, which a test drives
 * statement by statement.
 */
public final class Session implements AutoCloseable {

	private final String name;

	private final Connection connection;

	private final ServerControl control;

	private final ExecutorService thread;

	private final int pid;

	private @Nullable Execution last;

	Session(String name, Connection connection, ServerControl control) {
		this.name = name;
		this.connection = connection;
		this.control = control;
		this.thread = Executors.newSingleThreadExecutor((task) -> daemon(task, name));
		this.pid = pidOf(connection);
	}

	public String name() {
		return this.name;
	}

	public int pid() {
		return this.pid;
	}

	public Session begin() {
		return execute("BEGIN");
	}

	public Session commit() {
		return execute("COMMIT");
	}

	public Session rollback() {
		return execute("ROLLBACK");
	}

	public Session execute(String sql) {
		start(sql).await();
		return this;
	}

	/**
	 * Runs a query and returns the first column of its first row, empty if that is NULL
	 * or there is none.
	 */
	public <T> Optional<T> value(String sql, Class<T> type) {
		CompletableFuture<Optional<T>> value = new CompletableFuture<>();
		start(sql, (connection) -> {
			try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
				value.complete(rows.next() ? Optional.ofNullable(rows.getObject(1, type)) : Optional.empty());
			}
		}).await();
		return value.join();
	}

	/**
	 * Starts a statement and returns at once.
	 */
	public Execution start(String sql) {
		return start(sql, SqlWork.of(sql));
	}

	/**
	 * Starts work on this session's connection and returns at once; the text says in
	 * messages what it is.
	 */
	public Execution start(String description, SqlWork work) {
		String what = "%s: %s".formatted(this.name, description);
		Execution execution = new Execution(this, what,
				CompletableFuture.supplyAsync(() -> failureOf(what, work), this.thread));
		this.last = execution;
		return execution;
	}

	Set<Integer> blockers() {
		return this.control.blockersOf(this.pid);
	}

	@Override
	public void close() {
		if (this.last != null && !this.last.isDone()) {
			this.control.terminate(this.pid);
			this.last.failure();
		}
		this.thread.shutdown();
		JdbcUtils.closeConnection(this.connection);
	}

	private Optional<SessionFailure> failureOf(String what, SqlWork work) {
		try {
			work.run(this.connection);
			return Optional.empty();
		}
		catch (SQLException | RuntimeException | Error ex) {
			return Optional.of(new SessionFailure(what, ex));
		}
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, "session " + name);
		thread.setDaemon(true);
		return thread;
	}

	private static int pidOf(Connection connection) {
		try {
			return connection.unwrap(PGConnection.class).getBackendPID();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The driver gives no backend process id", ex);
		}
	}

}
