package dev.concertina.flyway;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;
import dev.concertina.state.StateStore;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps behind a pooler that hands a session over to somebody else while its lock is
 * held.
 */
@PostgresTest
class LostLockIntegrationTests {

	private final TestDatabase db;

	LostLockIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void isToldWithWhatToDo() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application.of(this.db, change).start();
		ChangeRecord record = StateStore.jdbc(new Database(this.db.dataSource()).jdbc())
			.find(change.id())
			.orElseThrow();
		Ddl step = (Ddl) record.plan().steps(Phase.BACKFILL).get(1);
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> ContractHistory.of(this.db.dataSource())
				.once(record, Phase.BACKFILL, 1, step,
						(connection) -> Database.on(connection).execute("SELECT pg_advisory_unlock_all()")))
			.withMessageContaining("PgBouncer")
			.satisfies((failure) -> assertThat(failure.action()).contains("spring.flyway.url"));
	}

}
