package dev.concertina.flyway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.concertina.ConcertinaOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Scripts;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class BlockedScriptIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final String ATTEMPTS = """
			SELECT xact_start::text
			  FROM pg_stat_activity
			 WHERE datname = current_database() AND application_name = 'test' AND wait_event_type = 'Lock'""";

	private final TestDatabase db;

	private final Scripts scripts;

	BlockedScriptIntegrationTests(TestDatabase db, @TempDir Path directory) {
		this.db = db;
		this.scripts = new Scripts(directory);
	}

	@BeforeEach
	void createTable() {
		this.scripts.script("V1__customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, name text)");
		tryFor(1).start();
		this.db.withRows("customer", 10, "n, 'name' || n");
		this.scripts.script("V2__x.sql", "CREATE TABLE x (id bigint); ALTER TABLE customer ADD COLUMN x text");
	}

	@Test
	void triesAScriptAgainUntilItGetsItsLock() {
		Session report = idleInTransaction();
		CompletableFuture<Application> started = CompletableFuture.supplyAsync(tryFor(25_000)::start);
		Set<String> attempts = new HashSet<>();
		Patience.await().until(() -> {
			attempts.addAll(this.db.jdbc().sql(ATTEMPTS).query(String.class).list());
			return attempts.size() > 1;
		});
		report.commit();
		started.join();
		assertThat(this.db.table("customer")).hasColumns("id", "name", "x");
		assertThat(this.db.table("x")).exists();
	}

	@Test
	void letsNoStatementOfTheApplicationWaitForLongerThanTheLockTimeoutOfAScript() {
		idleInTransaction();
		try (Traffic traffic = Traffic.on(this.db, TIMEOUT.plusMillis(100), "SELECT name FROM customer WHERE id = 1",
				"UPDATE customer SET name = 'x' WHERE id = 2")) {
			assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> tryFor(1500).start());
			assertThat(traffic.awaitMore(20).failures()).isEmpty();
		}
	}

	@Test
	void endsWithAnErrorThatNamesWhoBlocksAScript() {
		Memory before = Memory.of(this.db);
		Session report = idleInTransaction();
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> tryFor(1000).start())
			.withMessageContainingAll("V2__x.sql", "pid " + report.pid(), "nightly report", "sum(id)");
		assertThat(Memory.of(this.db)).isEqualTo(before);
		report.commit();
		tryFor(1000).start();
		assertThat(this.db.table("x")).exists();
	}

	private Session idleInTransaction() {
		Session session = this.db.session("nightly report").begin();
		session.value("SELECT sum(id)::bigint FROM customer", Long.class);
		return session;
	}

	private Application tryFor(long milliseconds) {
		LockOptions locks = new LockOptions(TIMEOUT, Duration.ofMillis(milliseconds), Duration.ofSeconds(60));
		return Application.withScripts(this.db, ConcertinaOptions.defaults().withLocks(locks), this.scripts.location());
	}

}
