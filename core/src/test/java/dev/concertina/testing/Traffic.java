package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.springframework.jdbc.support.JdbcUtils;

/**
 * What an application does all day: the same short statements again and again, each in a
 * session of its own. The server itself measures how long they wait for a lock, whatever
 * else the machine does: one that waits for longer than allowed fails.
 */
public final class Traffic implements AutoCloseable {

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final AtomicInteger count = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final List<CompletableFuture<Void>> sessions;

	private Traffic(DatabaseAccess access, Duration longestWait, String... statements) {
		this.sessions = Stream.of(statements)
			.map((sql) -> CompletableFuture.runAsync(() -> repeat(access, longestWait, sql),
					(task) -> new Thread(task, "traffic").start()))
			.toList();
	}

	/**
	 * Starts traffic and waits until it flows.
	 */
	public static Traffic on(TestDatabase database, Duration longestWait, String... statements) {
		Traffic traffic = new Traffic(database.access(), longestWait, statements);
		traffic.awaitMore(10 * statements.length);
		return traffic;
	}

	/**
	 * Waits until so many more statements went through.
	 */
	public Traffic awaitMore(int statements) {
		int before = this.count.get();
		Patience.await().until(() -> this.count.get() >= before + statements || !this.failures.isEmpty());
		return this;
	}

	/**
	 * Stops and returns what went wrong, at best nothing.
	 */
	public List<String> failures() {
		close();
		return List.copyOf(this.failures);
	}

	@Override
	public void close() {
		this.stopped.set(true);
		this.sessions.forEach(CompletableFuture::join);
	}

	private void repeat(DatabaseAccess access, Duration longestWait, String sql) {
		Connection connection = access.connect("traffic");
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET lock_timeout = '%dms'".formatted(longestWait.toMillis()));
			while (!this.stopped.get()) {
				statement.execute(sql);
				this.count.incrementAndGet();
			}
		}
		catch (SQLException ex) {
			this.failures.add(sql + ": " + ex.getMessage());
		}
		finally {
			JdbcUtils.closeConnection(connection);
		}
	}

}
