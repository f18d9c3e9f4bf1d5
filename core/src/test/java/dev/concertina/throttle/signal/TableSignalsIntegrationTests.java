package dev.concertina.throttle.signal;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.concertina.schema.TableName;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals of dead rows, and of a number that only a user knows how to ask for.
 */
@Tag("slow")
@PostgresTest
class TableSignalsIntegrationTests {

	/** Also a table that is not there yet, as before its expand. */
	private static final Set<TableName> ORDERS = Set.of(TableName.of("public.orders"), TableName.of("public.none"));

	private final TestDatabase db;

	TableSignalsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void theWorstPartitionCountsForDeadRows() {
		DeadRows signal = new DeadRows(this.db.dataSource(), Limit.of(0.2));
		createOrders("autovacuum_enabled = false");
		assertThat(read(signal)).isEqualTo(Advice.goOn("fewer than 1000 in each table"));
		killRows();
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		assertThat(read(signal).reason()).isEqualTo("50 % of the rows of orders_2 are dead (limit 20 %)");
		this.db.execute("VACUUM orders_2");
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	@Test
	void aTableIsDueFromItsOwnThresholdOn() {
		Autovacuum signal = new Autovacuum(this.db.dataSource(), Limit.of(1));
		createOrders("autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0");
		killRows();
		Patience.await().until(() -> read(signal).kind() == Kind.HOLD);
		assertThat(read(signal).reason())
			.isEqualTo("orders_2 has 2000 dead rows, 2 times what autovacuum begins at (limit 1)");
		this.db.execute("ALTER TABLE orders_2 SET (autovacuum_vacuum_threshold = 1500)");
		assertThat(read(signal).kind()).isEqualTo(Kind.SLOWER);
		this.db.execute("VACUUM orders_2");
		Patience.await().until(() -> read(signal).kind() == Kind.GO_ON);
	}

	@Test
	void aTableThatAutovacuumLeavesAloneIsNeverDue() {
		Autovacuum signal = new Autovacuum(this.db.dataSource(), Limit.of(1));
		createOrders("autovacuum_enabled = off, autovacuum_vacuum_threshold = 1");
		killRows();
		Patience.await().until(() -> read(new DeadRows(this.db.dataSource(), Limit.of(0.2))).kind() == Kind.HOLD);
		assertThat(read(signal))
			.isEqualTo(Advice.goOn("orders_1 has 0 dead rows, 0 times what autovacuum begins at (limit 1)"));
	}

	@Test
	void aWorkerThatPreventsAWraparoundIsLeftTheTable() {
		try (PostgresServer server = PostgresServer.start(Map.of("autovacuum_naptime", "1s",
				"autovacuum_freeze_max_age", "100000", "autovacuum_vacuum_cost_delay", "100ms",
				"autovacuum_vacuum_cost_limit", "1", "autovacuum_multixact_freeze_max_age", "400000000"));
				TestDatabase database = TestDatabase.create(server)) {
			Autovacuum signal = new Autovacuum(database.dataSource(), Limit.of(1_000_000));
			database.execute("CREATE TABLE orders (id int, pad text)")
				.withRows("orders", 20_000, "n, repeat('x', 500)");
			burnTransactions(database, 110_000);
			Patience.await().until(() -> read(signal).kind() == Kind.SLOWER);
			assertThat(read(signal)).satisfies((advice) -> {
				assertThat(advice.pause()).isEqualTo(Limit.LONGEST_PAUSE);
				assertThat(advice.reason()).matches("pid \\d+ is at work to prevent a wraparound on orders");
			});
		}
	}

	private static void burnTransactions(TestDatabase database, int count) {
		database.execute("""
				DO $$
				BEGIN
				    FOR n IN 1..%d LOOP
				        PERFORM pg_current_xact_id();
				        COMMIT;
				    END LOOP;
				END $$""".formatted(count));
	}

	@Test
	void aQueryOfTheUserIsHeldAgainstItsLimit() {
		this.db.execute("CREATE TABLE disk (used numeric)");
		QueryResult signal = new QueryResult(this.db.dataSource(), "disk space", "SELECT used FROM disk",
				new Limit(80, 90));
		assertThat(read(signal)).isEqualTo(Advice.unknown("the query returns no row"));
		this.db.execute("INSERT INTO disk VALUES (NULL)");
		assertThat(read(signal)).isEqualTo(Advice.unknown("the query returns NULL"));
		this.db.execute("UPDATE disk SET used = 80");
		assertThat(read(signal)).isEqualTo(Advice.goOn("80 (limit 80)"));
		this.db.execute("UPDATE disk SET used = 85.5");
		assertThat(read(signal).kind()).isEqualTo(Kind.SLOWER);
		this.db.execute("UPDATE disk SET used = 90");
		assertThat(read(signal)).isEqualTo(Advice.hold("90 (limit 80)"));
	}

	private void createOrders(String options) {
		this.db.execute("CREATE TABLE orders (id int, state int) PARTITION BY RANGE (id)",
				"CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10001)",
				"CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (10001) TO (20000) WITH (%s)"
					.formatted(options));
		this.db.withRows("orders", 14_000, "n, 0");
	}

	/**
	 * Leaves half of the rows of one partition dead. They are gone from its end, so no
	 * reader removes them by the way.
	 */
	private void killRows() {
		this.db.execute("DELETE FROM orders WHERE id > 12000");
	}

	private static Advice read(Signal signal) {
		return signal.read(signal.isOfTables() ? ORDERS : Set.of());
	}

}
