package dev.concertina.backfill;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.testing.DatabaseAccess;
import dev.concertina.testing.StandaloneServer;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that goes away in the middle of a backfill, and comes back, or another one in
 * its place.
 */
class ServerFaultsIntegrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "fast", "immediate" })
	void outlivesARestart(String mode) {
		try (StandaloneServer server = StandaloneServer.create(); TestDatabase db = TestDatabase.create(server)) {
			DisturbedRun.createTable(db);
			try (DisturbedRun run = DisturbedRun.of(db).inTheMiddle()) {
				run.goOn();
				server.stop(mode);
				server.start();
				long before = run.writes();
				run.awaitNothingLost();
				assertThat(run.writes()).as("writes after the restart").isGreaterThan(before);
			}
		}
	}

	/**
	 * Replication is asynchronous: what the standby has not got is lost, progress and
	 * rows together.
	 */
	@Test
	void outlivesAFailover() {
		try (StandaloneServer primary = StandaloneServer.create(); TestDatabase db = TestDatabase.create(primary)) {
			DisturbedRun.createTable(db);
			StandaloneServer standby = primary.standby();
			try (standby; HikariDataSource pool = pool(db, primary, standby)) {
				try (DisturbedRun run = new DisturbedRun(pool, pool, pool).inTheMiddle()) {
					run.goOn();
					primary.stop("immediate");
					standby.promote();
					run.awaitNothingLost();
				}
			}
			finally {
				primary.start();
			}
		}
	}

	private static HikariDataSource pool(TestDatabase db, StandaloneServer primary, StandaloneServer standby) {
		String url = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary&hostRecheckSeconds=0"
			.formatted(primary.port(), standby.port(), db.name());
		return new DatabaseAccess(url, db.user(), db.password()).pool("test");
	}

}
