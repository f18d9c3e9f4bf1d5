package dev.concertina.throttle.signal;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.concertina.schema.TableName;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals of what other sessions do.
 */
@PostgresTest
class SessionSignalsIntegrationTests {

	private static final Set<TableName> ORDERS = Set.of(TableName.of("public.orders"));

	/** Waits long enough for nobody, so a single session passes it. */
	private static final Limit NOBODY = new Limit(0, 1);

	private final TestDatabase db;

	SessionSignalsIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE orders (id int) PARTITION BY LIST (id)",
				"CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1)", "CREATE TABLE other (id int)",
				"INSERT INTO orders VALUES (1)", "INSERT INTO other VALUES (1)");
	}

	@Test
	void anOpenTransactionIsOld() {
		OldestTransaction signal = new OldestTransaction(this.db.dataSource(), new Limit(0.05, 0.1));
		assertThat(read(signal)).isEqualTo(Advice.goOn("no other transaction"));
		Session report = this.db.session("report").begin().execute("INSERT INTO other VALUES (2)");
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		assertThat(read(signal).reason())
			.matches("pid %d \\(report\\) is open for [\\d.]+ s \\(limit 0\\.1 s\\)".formatted(report.pid()));
		report.commit();
		assertThat(read(signal).kind()).isEqualTo(Kind.GO_ON);
	}

	@Test
	void aPreparedTransactionIsOldToo() {
		try (PostgresServer server = PostgresServer.start(Map.of("max_prepared_transactions", "1"));
				TestDatabase database = TestDatabase.create(server)) {
			OldestTransaction signal = new OldestTransaction(database.dataSource(), new Limit(0, 0));
			database.execute("CREATE TABLE t ()", "BEGIN; LOCK TABLE t; PREPARE TRANSACTION 'forgotten'");
			assertThat(read(signal).reason()).startsWith("prepared transaction forgotten is open for");
			assertThat(read(signal).kind()).isEqualTo(Kind.HOLD);
			database.execute("ROLLBACK PREPARED 'forgotten'");
			assertThat(read(signal).kind()).isEqualTo(Kind.GO_ON);
		}
	}

	@Test
	void whoWaitsForATableIsCounted() {
		LockWaiters signal = new LockWaiters(this.db.dataSource(), NOBODY);
		Session reader = this.db.session("reader").begin().execute("SELECT FROM orders");
		this.db.session("ddl").start("ALTER TABLE orders ADD note text");
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		assertThat(read(signal).reason()).isEqualTo("1 sessions wait for a lock on [public.orders] (limit 0)");
		reader.commit();
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	@Test
	void whoWaitsForARowOfAPartitionIsCounted() {
		LockWaiters signal = new LockWaiters(this.db.dataSource(), NOBODY);
		Session writer = this.db.session("writer").begin().execute("UPDATE orders SET id = 1");
		this.db.session("other").start("UPDATE orders SET id = 1");
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		writer.commit();
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	@Test
	void whoWaitsForAnotherTableOrForABatchIsNot() {
		Session holder = this.db.session("holder")
			.begin()
			.execute("LOCK TABLE other")
			.execute("UPDATE orders SET id = 1");
		this.db.session("elsewhere").start("SELECT FROM other");
		Session batch = this.db.session("batch").execute("SET lock_timeout = '200ms'");
		batch.start("UPDATE orders SET id = 1");
		Patience.await().until(() -> waitsFor("elsewhere", "400 ms"));
		assertThat(read(new LockWaiters(this.db.dataSource(), NOBODY)).kind()).isEqualTo(Kind.GO_ON);
		holder.commit();
	}

	private boolean waitsFor(String session, String time) {
		return this.db.jdbc()
			.sql("""
					SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
					                WHERE application_name = ? AND waitstart < clock_timestamp() - ?::interval)""")
			.params(session, time)
			.query(Boolean.class)
			.single();
	}

	@Test
	void whoIsAtWorkIsCounted() {
		ActiveSessions signal = new ActiveSessions(this.db.dataSource(), new Limit(1, 3));
		Session holder = this.db.session("holder").begin().execute("LOCK TABLE other");
		this.db.session("first").start("SELECT FROM other");
		this.db.session("second").start("SELECT FROM other");
		Patience.await().until(() -> read(signal).kind() != Kind.GO_ON);
		assertThat(read(signal).reason()).matches("\\d sessions are at work \\(limit 1\\)");
		holder.commit();
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	private static Advice read(Signal signal) {
		return signal.read(signal.isOfTables() ? ORDERS : Set.of());
	}

}
