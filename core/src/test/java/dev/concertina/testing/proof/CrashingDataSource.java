package dev.concertina.testing.proof;

import java.io.Serial;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

import dev.concertina.testing.JdbcProxy;

/**
 * Pooled connections of an application that dies: after a number of commits, and of
 * writes that commit themselves, all of them are cut at once. The last commit reaches the
 * server or not, by turns, and its answer never arrives.
 */
final class CrashingDataSource extends AbstractDataSource implements AutoCloseable {

	private static final Set<String> WRITES = Set.of("execute", "executeBatch", "executeUpdate");

	private final Supplier<Connection> target;

	private final AtomicInteger left;

	private final boolean lastOneReachesTheServer;

	private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

	private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

	CrashingDataSource(Supplier<Connection> target, int commits) {
		this.target = target;
		this.left = new AtomicInteger(commits);
		this.lastOneReachesTheServer = commits % 2 == 0;
	}

	boolean isCrashed() {
		return this.left.get() < 0;
	}

	@Override
	public Connection getConnection(String user, String password) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Connection getConnection() {
		requireAlive();
		Connection connection = pooled();
		AtomicBoolean closed = new AtomicBoolean();
		return JdbcProxy.of(Connection.class, (proxy, method, arguments) -> {
			if (method.getName().equals("close")) {
				return closed.getAndSet(true) ? null : putBack(connection);
			}
			requireAlive();
			Object result = method.getName().equals("commit") ? commit(method, connection, arguments)
					: JdbcProxy.invoke(method, connection, arguments);
			return (result instanceof Statement statement) ? statement(connection, method.getReturnType(), statement)
					: result;
		});
	}

	private Connection pooled() {
		Connection connection = this.idle.poll();
		if (connection == null) {
			connection = this.target.get();
			this.open.add(connection);
		}
		return connection;
	}

	private @Nullable Void putBack(Connection connection) throws SQLException {
		if (!isCrashed()) {
			if (!connection.getAutoCommit()) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
			this.idle.add(connection);
		}
		return null;
	}

	@Override
	public void close() throws SQLException {
		for (Connection connection : this.open) {
			connection.close();
		}
	}

	private Object statement(Connection connection, Class<?> type, Statement statement) {
		return JdbcProxy.of(type, (proxy, method, arguments) -> {
			if (method.getName().equals("close")) {
				return JdbcProxy.invoke(method, statement, arguments);
			}
			requireAlive();
			boolean commits = WRITES.contains(method.getName()) && connection.getAutoCommit();
			return commits ? commit(method, statement, arguments) : JdbcProxy.invoke(method, statement, arguments);
		});
	}

	private @Nullable Object commit(Method method, Object target, Object[] arguments) throws Throwable {
		int left = this.left.decrementAndGet();
		if (left >= 0) {
			return JdbcProxy.invoke(method, target, arguments);
		}
		if (left == -1 && this.lastOneReachesTheServer) {
			JdbcProxy.invoke(method, target, arguments);
		}
		for (Connection connection : this.open) {
			connection.abort(Runnable::run);
		}
		throw new Crash();
	}

	private void requireAlive() {
		if (isCrashed()) {
			throw new Crash();
		}
	}

	/**
	 * The end of the application: nobody can take it for a failure and try again.
	 */
	static final class Crash extends Error {

		@Serial
		private static final long serialVersionUID = 1;

		Crash() {
			super("The application has crashed");
		}

	}

}
