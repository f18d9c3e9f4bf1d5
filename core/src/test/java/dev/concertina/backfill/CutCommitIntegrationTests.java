package dev.concertina.backfill;

import java.io.IOException;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.event.MigrationEvent.BatchRetried;
import dev.concertina.testing.DatabaseAccess;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TcpProxy;
import dev.concertina.testing.TcpProxy.Cut;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A batch whose outcome nobody knows, as the connection broke while it was committed.
 */
@PostgresTest
class CutCommitIntegrationTests {

	private final TestDatabase db;

	CutCommitIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource
	void countsOnceWhatWasCommitted(Cut cut) throws IOException {
		DisturbedRun.createTable(this.db);
		int server = Integer.parseInt(this.db.url().replaceAll(".*:(\\d+)/.*", "$1"));
		try (TcpProxy proxy = TcpProxy.to(server); HikariDataSource cuttable = pool(server, proxy)) {
			try (DisturbedRun run = new DisturbedRun(cuttable, cuttable, this.db.dataSource()).inTheMiddle()) {
				run.awaitHeld();
				proxy.cut(cut);
				run.goOn();
				Patience.await().until(proxy::hasCut);
				run.awaitNothingLost();
				assertThat(run.events()).anyMatch(BatchRetried.class::isInstance);
				assertThat(run.status().backfill().batches() - run.batches()).as("batches that nobody was told of")
					.isEqualTo((cut == Cut.BEFORE_THE_ANSWER) ? 1 : 0);
			}
		}
	}

	/**
	 * The text of a statement that is prepared on the server is sent only once.
	 */
	private HikariDataSource pool(int server, TcpProxy proxy) {
		String url = this.db.url().replace(":" + server + "/", ":" + proxy.port() + "/");
		HikariDataSource pool = new DatabaseAccess(url, this.db.user(), this.db.password()).pool("cuttable");
		pool.addDataSourceProperty("prepareThreshold", "0");
		return pool;
	}

}
