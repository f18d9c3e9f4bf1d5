package dev.concertina.backfill;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.ChangeStatus;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.event.MigrationEvent.Held;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.testing.Application;
import dev.concertina.testing.BatchCounter;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A change that is held in the middle of its backfill, while both versions of the
 * application write, for something to go wrong there. Each row counts how often a batch
 * has written it.
 */
final class DisturbedRun implements AutoCloseable {

	static final Change CHANGE = Change.version("1", "change")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	static final ConcertinaOptions OPTIONS = Halt.OPTIONS.withPause(Duration.ofMillis(10));

	static final int ROWS = 400;

	static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private static final String COLUMNS = """
			id bigint PRIMARY KEY, price int, applied int NOT NULL DEFAULT 0, written bool NOT NULL DEFAULT false, pad text""";

	/** How both versions write a row that may be there already. */
	private static final List<String> WRITES = List.of("UPDATE line SET price = %2$d, written = true WHERE id = %1$d",
			"UPDATE line SET amount = %2$d, written = true WHERE id = %1$d",
			"UPDATE line SET pad = repeat('y', %2$d), written = true WHERE id = %1$d",
			"INSERT INTO line (id, price, written) VALUES (%1$d, %2$d, true) ON CONFLICT (id) DO UPDATE SET price = %2$d, written = true",
			"INSERT INTO line (id, amount, written) VALUES (%1$d, %2$d, true) ON CONFLICT (id) DO UPDATE SET amount = %2$d, written = true",
			"DELETE FROM line WHERE id = %1$d AND written");

	private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

	private final AtomicLong writes = new AtomicLong();

	private final List<Thread> writers = new ArrayList<>();

	private final Application application;

	private final JdbcClient jdbc;

	private volatile boolean held = true;

	private volatile boolean closed;

	/**
	 * Takes connections for batches and comparisons, for Flyway, and for the writers.
	 */
	DisturbedRun(DataSource application, DataSource flyway, DataSource writers) {
		this.application = Application.pooled(application, flyway, OPTIONS,
				(builder) -> builder.listener(this.events::add)
					.throttle((change) -> holds() ? new Pace(Duration.ofMillis(20), "held by the test") : Pace.FULL),
				CHANGE);
		this.jdbc = JdbcClient.create(writers);
		for (int number = 0; number < 2; number++) {
			this.writers.add(new Thread(() -> write(writers), "writer"));
		}
	}

	private boolean holds() {
		return this.held && batches() >= 5;
	}

	static DisturbedRun of(TestDatabase database) {
		return new DisturbedRun(database.dataSource(), database.dataSource(), database.dataSource());
	}

	static void createTable(TestDatabase database) {
		createTable(database, " WITH (fillfactor = 10)");
	}

	static void createTable(TestDatabase database, String storage) {
		database.execute("CREATE TABLE line (%s)%s".formatted(COLUMNS, storage));
		fillTable(database);
	}

	/**
	 * Creates one that several instances have to do with for a while.
	 */
	static void createLargerTable(TestDatabase database) {
		createTable(database);
		database.execute(
				"INSERT INTO line (id, price, pad) SELECT n, n, repeat('x', 100) FROM generate_series(1001, 2500) AS n");
	}

	static void createPartitionedTable(TestDatabase database) {
		database.execute("CREATE TABLE line (%s) PARTITION BY RANGE (id)".formatted(COLUMNS),
				"CREATE TABLE line_a PARTITION OF line FOR VALUES FROM (0) TO (201) WITH (fillfactor = 10)",
				"CREATE TABLE line_b PARTITION OF line FOR VALUES FROM (201) TO (100000) WITH (fillfactor = 10)");
		fillTable(database);
	}

	private static void fillTable(TestDatabase database) {
		database.withRows("line (id, price, pad)", ROWS, "n, n, repeat('x', 100)")
			.execute(BatchCounter.statements().toArray(String[]::new));
	}

	/**
	 * Starts all, and waits until the middle of the backfill.
	 */
	DisturbedRun inTheMiddle() {
		this.application.start();
		this.writers.forEach(Thread::start);
		this.application.concertina().start();
		Patience.await().until(() -> batches() >= 5);
		return this;
	}

	/**
	 * Waits until no batch is at work any more.
	 */
	void awaitHeld() {
		Patience.await().until(() -> this.events.get(this.events.size() - 1) instanceof Held);
	}

	DisturbedRun goOn() {
		this.held = false;
		return this;
	}

	Application application() {
		return this.application;
	}

	List<MigrationEvent> events() {
		return this.events;
	}

	long batches() {
		return this.events.stream()
			.filter((event) -> event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL)
			.count();
	}

	long writes() {
		return this.writes.get();
	}

	ChangeStatus status() {
		return this.application.status(CHANGE);
	}

	/**
	 * Waits until the change has stopped, and returns why.
	 */
	String awaitFailure() {
		awaitState(new State(status().state().phase(), Status.FAILED));
		return String.valueOf(status().reason());
	}

	/**
	 * Sets the pause between two batches, for all instances.
	 */
	DisturbedRun pausing(Duration pause) {
		this.application.concertina().steering().tune(CHANGE.id(), new Tuning(null, null, pause), "test");
		return this;
	}

	void resume() {
		this.application.concertina().steering().resume(CHANGE.id(), "test");
	}

	/**
	 * Waits until all is copied and compared, and proves it once more by other means.
	 */
	void awaitNothingLost() {
		awaitTheGate();
		stopWriters();
		assertThat(this.application.concertina().stop(Duration.ofSeconds(20))).isTrue();
		assertThat(status().verdict()).get().satisfies((verdict) -> assertThat(verdict.holds()).isTrue());
		assertThat(count("price IS DISTINCT FROM amount")).as("rows that differ").isZero();
		assertThat(count("applied > 1")).as("rows that were copied twice").isZero();
		assertThat(count("NOT written AND applied <> 1")).as("rows that nobody wrote and that were not copied once")
			.isZero();
	}

	void awaitTheGate() {
		awaitState(AT_THE_GATE);
	}

	long count(String condition) {
		return this.jdbc.sql("SELECT count(*) FROM line WHERE " + condition).query(Long.class).single();
	}

	private void awaitState(State state) {
		Patience.await()
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(status().state()).as("%s", status()).isEqualTo(state));
	}

	@Override
	public void close() {
		goOn();
		stopWriters();
		this.application.concertina().stop(Duration.ofSeconds(20));
	}

	private void stopWriters() {
		this.closed = true;
		for (Thread writer : this.writers) {
			try {
				writer.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * A write that fails is one that the fault has hit.
	 */
	private void write(DataSource database) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		while (!this.closed) {
			String write = WRITES.get(random.nextInt(WRITES.size()))
				.formatted(1 + random.nextInt(ROWS + 50), random.nextInt(100));
			try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
				statement.execute(write);
				this.writes.incrementAndGet();
			}
			catch (SQLException ex) {
				Thread.onSpinWait();
			}
		}
	}

}
