package dev.concertina.execute;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

import dev.concertina.change.ChangeId;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.TableName;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.throttle.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A change that locks two tables, and an application that locks them the other way round.
 */
@PostgresTest(settings = "deadlock_timeout=300ms")
class LockVictimIntegrationTests {

	private static final LockOptions PATIENT = new LockOptions(Duration.ofSeconds(20), Duration.ofSeconds(60),
			Duration.ofSeconds(60));

	private final TestDatabase db;

	LockVictimIntegrationTests(TestDatabase db) {
		this.db = db;
		db.execute("CREATE TABLE parent (id int)", "CREATE TABLE child (id int)");
	}

	@Test
	void isNeverTheApplication() {
		Session application = this.db.session("application").begin().execute("INSERT INTO child VALUES (1)");
		CompletableFuture<Void> change = CompletableFuture.runAsync(this::dropBoth);
		// for so long that it does not look for a deadlock any more, or has given way
		String hasWaited = """
				SELECT EXISTS (SELECT FROM pg_locks
				                WHERE NOT granted AND relation = 'child'::regclass AND waitstart < clock_timestamp() - interval '350 ms')
				    OR clock_timestamp() > '%s'::timestamptz + interval '2 s'"""
			.formatted(this.db.jdbc().sql("SELECT now()::text").query(String.class).single());
		Patience.await().until(() -> this.db.jdbc().sql(hasWaited).query(Boolean.class).single());
		application.execute("INSERT INTO parent VALUES (1)").commit();
		change.join();
		assertThat(this.db.jdbc().sql("SELECT to_regclass('child') IS NULL").query(Boolean.class).single()).isTrue();
	}

	private void dropBoth() {
		new Database(this.db.dataSource()).inTransactionWithoutResult(
				(jdbc) -> jdbc.execute((ConnectionCallback<Void>) (connection) -> dropBoth(connection)));
	}

	private Void dropBoth(Connection connection) {
		List<TableLock> locks = List.of(TableLock.exclusive(new TableName("public", "parent")),
				TableLock.exclusive(new TableName("public", "child")));
		new LockRetry(PATIENT, (event) -> {
		}).run(connection, ChangeId.of("change"), locks, List.of("DROP TABLE child, parent"), new StopSignal());
		return null;
	}

}
