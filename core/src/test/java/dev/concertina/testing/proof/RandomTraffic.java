package dev.concertina.testing.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.concertina.testing.TestDatabase;

/**
 * Writers of one application version that send random transactions until they are
 * stopped. Nothing is tried again: each failure is kept.
 */
public final class RandomTraffic implements AutoCloseable {

	private static final int ENOUGH = 20;

	private final List<Thread> threads = new ArrayList<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicLong transactions = new AtomicLong();

	private volatile boolean stopped;

	public static RandomTraffic start(TestDatabase database, int writers, long seed,
			Function<Random, List<String>> version) {
		RandomTraffic traffic = new RandomTraffic();
		for (int number = 0; number < writers; number++) {
			Connection connection = database.open("writer");
			Random random = new Random(seed * 31 + number);
			traffic.threads.add(new Thread(() -> traffic.write(connection, random, version)));
		}
		traffic.threads.forEach(Thread::start);
		return traffic;
	}

	/**
	 * Sends a number of transactions and waits for the last one.
	 */
	public static void send(TestDatabase database, int count, long seed, Function<Random, List<String>> version) {
		RandomTraffic traffic = new RandomTraffic();
		Connection connection = database.open("writer");
		Random random = new Random(seed);
		for (int number = 0; number < count; number++) {
			traffic.transaction(connection, version.apply(random));
		}
	}

	public long transactions() {
		return this.transactions.get();
	}

	public List<String> failures() {
		return List.copyOf(this.failures);
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Lets each writer end its transaction, and waits for the last one.
	 */
	public void stop() {
		this.stopped = true;
		for (Thread thread : this.threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void write(Connection connection, Random random, Function<Random, List<String>> version) {
		while (!this.stopped && this.failures.size() < ENOUGH) {
			transaction(connection, version.apply(random));
			this.transactions.incrementAndGet();
		}
	}

	private void transaction(Connection connection, List<String> statements) {
		try {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				for (String sql : statements) {
					if (statement.executeUpdate(sql) == 0 && sql.startsWith("UPDATE")) {
						break;
					}
				}
			}
			connection.commit();
		}
		catch (SQLException ex) {
			this.failures.add("%s: %s".formatted(statements, ex));
			rollback(connection);
		}
	}

	private void rollback(Connection connection) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			this.failures.add("rollback: " + ex.getMessage());
		}
	}

}
