package dev.concertina.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.concertina.testing.DatabaseAccess;

/**
 * Reading transactions that stay open for most of a second: too short to be waited for in
 * advance, long enough to stand in the way of whoever changes the table, and so of
 * everybody behind.
 */
final class Reports implements AutoCloseable {

	private final DatabaseAccess access;

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private final List<Future<?>> work = new ArrayList<>();

	private volatile boolean over;

	Reports(DatabaseAccess access) {
		this.access = access;
	}

	void start() {
		this.work.add(this.thread.submit(this::run));
	}

	@Override
	public void close() {
		this.over = true;
		this.thread.shutdown();
		this.work.forEach(Reports::await);
	}

	private @Nullable Void run() throws SQLException {
		try (Connection connection = this.access.connect("reports");
				Statement statement = connection.createStatement()) {
			while (!this.over) {
				statement.execute("SELECT count(*), pg_sleep(0.8) FROM line WHERE id < 100");
				statement.execute("SELECT pg_sleep(0.4)");
			}
			return null;
		}
	}

	private static void await(Future<?> work) {
		try {
			work.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The reports failed", ex.getCause());
		}
	}

}
