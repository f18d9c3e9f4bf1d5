package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Work on a thread of its own that sends statement by statement, each when it is
 * permitted to, from a certain statement on.
 */
public final class SteppedWork extends AbstractDataSource {

	/** Of its session, which has an application name of its own. */
	private static final String NAME = "worker";

	private static final Duration SOON = Duration.ofMillis(3);

	private final TestDatabase database;

	private final DataSource session;

	private final Predicate<String> first;

	private final CompletableFuture<Void> result;

	private int permits;

	private boolean stepping;

	private boolean waiting;

	private boolean free;

	private SteppedWork(TestDatabase database, DataSource session, Predicate<String> first, Consumer<DataSource> work) {
		this.database = database;
		this.session = session;
		this.first = first;
		this.result = CompletableFuture.runAsync(() -> work.accept(this), (task) -> {
			Thread thread = new Thread(task, NAME);
			thread.setDaemon(true);
			thread.start();
		});
	}

	/**
	 * Returns the session of works that follow one another; it comes back after a kill.
	 */
	public static HikariDataSource session(TestDatabase database) {
		HikariDataSource pool = database.access().pool(NAME);
		pool.setMaximumPoolSize(1);
		return pool;
	}

	/**
	 * Starts work.
	 * @param first which statement is the first one that waits for its permit
	 * @param work what to do with connections
	 */
	public static SteppedWork start(TestDatabase database, DataSource session, Predicate<String> first,
			Consumer<DataSource> work) {
		return new SteppedWork(database, session, first, work);
	}

	/**
	 * Lets the work send one more statement, or commit.
	 */
	synchronized void permit() {
		this.permits++;
		notifyAll();
	}

	/**
	 * Lets the work send all others.
	 */
	synchronized void goOn() {
		this.free = true;
		notifyAll();
	}

	/**
	 * Terminates the session of the work, which goes on with another one as it likes.
	 */
	void kill() {
		this.database.jdbc()
			.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?")
			.param(NAME)
			.query(Integer.class)
			.single();
		goOn();
	}

	/**
	 * Whether nothing happens until a permit is given, or a lock is released, or at all.
	 */
	boolean isQuiet() {
		return isDone() || isWaitingSoon() || this.database.waitsForLock(NAME);
	}

	/**
	 * Spares the server a question in most cases.
	 */
	private synchronized boolean isWaitingSoon() {
		long start = System.nanoTime();
		try {
			while (!isWaiting() && System.nanoTime() - start < SOON.toNanos()) {
				wait(1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return isWaiting();
	}

	private boolean isWaiting() {
		return this.waiting && this.permits == 0 && !this.free;
	}

	/**
	 * Whether the work is done; throws its failure, if it has one.
	 */
	boolean isDone() {
		if (this.result.isCompletedExceptionally()) {
			this.result.join();
		}
		return this.result.isDone();
	}

	private synchronized void await(String statement) throws InterruptedException {
		this.stepping |= this.first.test(statement);
		if (this.stepping) {
			this.waiting = true;
			notifyAll();
			while (this.permits == 0 && !this.free) {
				wait();
			}
			this.permits--;
			this.waiting = false;
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.session.getConnection();
		return JdbcProxy.of(Connection.class, (proxy, method, arguments) -> {
			if (method.getName().equals("commit")) {
				await("COMMIT");
			}
			Object result = JdbcProxy.invoke(method, connection, arguments);
			String sql = (arguments != null && arguments[0] instanceof String text) ? text : "";
			return (result instanceof Statement statement) ? statement(method.getReturnType(), statement, sql) : result;
		});
	}

	@Override
	public Connection getConnection(String user, String password) {
		throw new UnsupportedOperationException();
	}

	private Object statement(Class<?> type, Statement statement, String prepared) {
		return JdbcProxy.of(type, (proxy, method, arguments) -> {
			if (method.getName().startsWith("execute")) {
				await((arguments != null) ? String.valueOf(arguments[0]) : prepared);
			}
			return JdbcProxy.invoke(method, statement, arguments);
		});
	}

}
