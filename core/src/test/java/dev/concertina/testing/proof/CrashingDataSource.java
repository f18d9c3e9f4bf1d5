package dev.concertina.testing.proof;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of an application that dies: after a number of commits, and of statements
 * that commit themselves, every connection is cut. The last commit reaches the server or
 * not, by turns, and its answer never arrives.
 */
final class CrashingDataSource extends DelegatingDataSource {

	private final AtomicInteger left;

	private final boolean lastOneReachesTheServer;

	CrashingDataSource(DataSource target, int commits) {
		super(target);
		this.left = new AtomicInteger(commits);
		this.lastOneReachesTheServer = commits % 2 == 0;
	}

	boolean isCrashed() {
		return this.left.get() < 0;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (isCrashed()) {
			throw cut();
		}
		Connection connection = super.getConnection();
		return proxy(Connection.class, (proxy, method, arguments) -> {
			Object result = switch (method.getName()) {
				case "commit" -> commit(connection, method, connection, arguments);
				case "close" -> invoke(method, connection, arguments);
				default -> {
					requireAlive(connection);
					yield invoke(method, connection, arguments);
				}
			};
			return (result instanceof Statement statement) ? statement(connection, method.getReturnType(), statement)
					: result;
		});
	}

	private Object statement(Connection connection, Class<?> type, Statement statement) {
		return proxy(type, (proxy, method, arguments) -> {
			boolean commits = method.getName().startsWith("execute") && connection.getAutoCommit();
			if (!method.getName().equals("close")) {
				requireAlive(connection);
			}
			return commits ? commit(connection, method, statement, arguments) : invoke(method, statement, arguments);
		});
	}

	private Object commit(Connection connection, Method method, Object target, Object[] arguments) throws Throwable {
		int left = this.left.decrementAndGet();
		if (left < 0) {
			if (left == -1 && this.lastOneReachesTheServer) {
				invoke(method, target, arguments);
			}
			connection.abort(Runnable::run);
			throw cut();
		}
		return invoke(method, target, arguments);
	}

	private void requireAlive(Connection connection) throws SQLException {
		if (isCrashed()) {
			connection.abort(Runnable::run);
			throw cut();
		}
	}

	private static SQLException cut() {
		return new SQLException("The application has crashed", "08006");
	}

	private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
