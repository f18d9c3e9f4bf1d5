package dev.concertina.throttle.signal;

import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.concertina.change.ChangeId;
import dev.concertina.schema.TableName;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.Advice.Kind;
import dev.concertina.throttle.Brakes;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Pace;
import dev.concertina.throttle.Reading;
import dev.concertina.throttle.Signal;
import dev.concertina.throttle.SignalOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a role without the right to monitor is told.
 */
@PostgresTest
class UnknownSignalsIntegrationTests {

	private static final ChangeId CHANGE = ChangeId.of("change");

	private final TestDatabase db;

	private final DataSource plain;

	UnknownSignalsIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("DROP ROLE IF EXISTS plain", "CREATE ROLE plain LOGIN PASSWORD 'plain'",
				"CREATE TABLE orders (id int)");
		// the user in the URL would be the one
		this.plain = new DriverManagerDataSource(db.url().replaceFirst("\\?.*", ""), "plain", "plain");
	}

	@Test
	void sessionsOfOthersAreUnknown() {
		Session other = this.db.session("other").begin().execute("INSERT INTO orders VALUES (1)");
		assertUnknown(new OldestTransaction(this.plain, new Limit(0, 0)),
				"the role does not see how long others' transactions are open; grant it pg_read_all_stats");
		assertUnknown(new ActiveSessions(this.plain, Limit.of(1000)),
				"the role does not see what others do; grant it pg_read_all_stats");
		other.commit();
	}

	@Test
	void theRightMakesThemKnown() {
		this.db.execute("GRANT pg_read_all_stats TO plain");
		Session other = this.db.session("other").begin().execute("INSERT INTO orders VALUES (1)");
		assertThat(new OldestTransaction(this.plain, new Limit(0, 0)).read(Set.of()).kind()).isEqualTo(Kind.HOLD);
		assertThat(new ActiveSessions(this.plain, Limit.of(1000)).read(Set.of()).kind()).isEqualTo(Kind.GO_ON);
		other.commit();
	}

	@Test
	void mostSignalsNeedNoRight() {
		List<Signal> signals = List.of(new ReplicationLag(this.plain, Limit.of(1e12), Limit.of(1e9), Set.of()),
				new RetainedWal(this.plain, Limit.of(1e12)), new ArchiveBacklog(this.plain, Limit.of(42)),
				new WalRate(this.plain, Limit.of(1e12)), new LockWaiters(this.plain, Limit.of(5)),
				new DeadRows(this.plain, Limit.of(0.2)), new Autovacuum(this.plain, Limit.of(5)));
		assertThat(signals).allSatisfy(
				(signal) -> assertThat(signal.read(Set.of(TableName.of("public.orders"))).kind()).as(signal.name())
					.isEqualTo(Kind.GO_ON));
	}

	@Test
	void aQueryWithoutTheRightOrThatTakesLongOrWritesIsUnknown() {
		assertUnknown(query("SELECT count(*) FROM orders"), "ERROR: permission denied for table orders");
		assertUnknown(query("SELECT count(pg_sleep(60))"), "ERROR: canceling statement due to statement timeout");
		assertUnknown(query("CREATE TEMPORARY TABLE written () "),
				"ERROR: cannot execute CREATE TABLE in a read-only transaction");
	}

	private Signal query(String sql) {
		return new QueryResult(this.plain, "query", sql, Limit.of(0));
	}

	private static void assertUnknown(Signal signal, String reason) {
		Brakes brakes = new Brakes(List.of(signal), SignalOptions.defaults(), List.of(), (change) -> Set.of());
		assertThat(brakes.pace(CHANGE)).isEqualTo(Pace.FULL);
		assertThat(brakes.throttling(CHANGE).readings())
			.containsExactly(new Reading(signal.name(), Kind.UNKNOWN, reason));
	}

}
