package dev.concertina.contract;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The age of a proof when the clock of the database was set back since, or another server
 * has taken over whose clock is late.
 */
@PostgresTest
class ClockJumpIntegrationTests {

	private final TestDatabase db;

	ClockJumpIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void makesAProofFromTheFutureExpire() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application application = Halt.AT_THE_GATE.bring(change, this.db);
		this.db.execute("UPDATE concertina.verdict SET at = at + interval '30 days'");
		assertThat(application.status(change).objections()).extracting(Objection::problem)
			.anyMatch((problem) -> problem.contains("PT-"));
		application.run(change);
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM concertina.verdict").query(Long.class).single())
			.isEqualTo(2);
	}

}
