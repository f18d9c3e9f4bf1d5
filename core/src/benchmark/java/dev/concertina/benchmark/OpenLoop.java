package dev.concertina.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.concertina.testing.DatabaseAccess;

/**
 * Sends a point statement at fixed times, whether the ones before it have come back or
 * not, and measures each from the time it was due.
 */
final class OpenLoop implements AutoCloseable {

	private final String sql;

	private final int rows;

	private final long interval;

	private final long start = System.nanoTime();

	private final AtomicLong next = new AtomicLong();

	private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();

	private final List<Future<?>> clients = new ArrayList<>();

	private final ExecutorService threads;

	private volatile boolean over;

	OpenLoop(DatabaseAccess access, String sql, int rows, int perSecond, int connections) {
		this.sql = sql;
		this.rows = rows;
		this.interval = 1_000_000_000L / perSecond;
		this.threads = Executors.newFixedThreadPool(connections);
		for (int client = 0; client < connections; client++) {
			Connection connection = access.connect("foreground");
			this.clients.add(this.threads.submit(() -> run(connection)));
		}
	}

	/**
	 * Returns the latencies of what was due in a span.
	 */
	Latencies during(Span span) {
		return Latencies.of(this.samples.stream()
			.filter((sample) -> span.contains(sample.due()))
			.mapToLong(Sample::latency)
			.toArray());
	}

	/**
	 * Waits for what was sent.
	 */
	@Override
	public void close() {
		this.over = true;
		this.threads.shutdown();
		for (Future<?> client : this.clients) {
			try {
				client.get();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("The foreground failed: " + this.sql, ex.getCause());
			}
		}
	}

	private Void run(Connection connection) throws SQLException {
		try (connection; PreparedStatement statement = connection.prepareStatement(this.sql)) {
			while (true) {
				long due = this.start + this.next.getAndIncrement() * this.interval;
				awaitTime(due);
				if (this.over) {
					return null;
				}
				statement.setLong(1, ThreadLocalRandom.current().nextLong(1, this.rows + 1));
				statement.execute();
				this.samples.add(new Sample(due, System.nanoTime() - due));
			}
		}
	}

	private void awaitTime(long due) {
		for (long left = due - System.nanoTime(); left > 0 && !this.over; left = due - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private record Sample(long due, long latency) {

	}

}
