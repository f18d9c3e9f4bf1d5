package dev.concertina;

import java.sql.Connection;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.StandaloneServer;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StandbyReadsIntegrationTests {

	private static final Change RENAME = Change.version("1", "rename")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	@Test
	void waitUntilAllStandbysHaveReplayedWhatWasCompared() throws Exception {
		try (StandaloneServer primary = StandaloneServer.create(); TestDatabase db = TestDatabase.create(primary)) {
			db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price int)").withRows("line", 10, "n, n");
			try (StandaloneServer standby = primary.standby();
					Connection replay = standby.access(db.name()).connect("test");
					Statement statement = replay.createStatement()) {
				Patience.await()
					.until(() -> db.jdbc()
						.sql("SELECT count(*) FROM pg_stat_replication")
						.query(Long.class)
						.single() == 1);
				statement.execute("SELECT pg_wal_replay_pause()");
				Application application = Application.of(db, RENAME).start().run(RENAME);
				Steering steering = application.concertina().steering();
				assertThatExceptionOfType(RefusedTransitionException.class)
					.isThrownBy(() -> steering.readShare(RENAME.id(), 50, "test"))
					.satisfies((refusal) -> assertThat(refusal.action())
						.startsWith("Wait until all standbys have replayed what was compared: "));
				statement.execute("SELECT pg_wal_replay_resume()");
				Patience.await().ignoreExceptions().untilAsserted(() -> {
					steering.readShare(RENAME.id(), 50, "test");
					assertThat(application.concertina().change(RENAME.id()).orElseThrow().readShare()).isEqualTo(50);
				});
			}
		}
	}

}
