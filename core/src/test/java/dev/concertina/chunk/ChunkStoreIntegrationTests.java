package dev.concertina.chunk;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;

import dev.concertina.change.Change;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.plan.RowOrder;
import dev.concertina.schema.TableName;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class ChunkStoreIntegrationTests {

	private final TestDatabase db;

	ChunkStoreIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	/**
	 * A claim locks no table: that is what the work does, by the name that was claimed.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE line RENAME TO line_old; CREATE TABLE line (LIKE line_old)",
			"VACUUM FULL line", "TRUNCATE line", "DROP TABLE line CASCADE", "SELECT" })
	void movesOnOnlyWhereTheTableIsStillWhatWasClaimed(String meanwhile) {
		assertThat(movesOn(RowOrder.DEFAULT, meanwhile)).isEqualTo(meanwhile.equals("SELECT"));
	}

	private boolean movesOn(RowOrder order, String meanwhile) {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application.of(this.db, change).start();
		ChunkTask task = new ChunkTask(change.id(), Phase.BACKFILL, 0, TableName.of("public.line"), order, false,
				Map.of(), (jdbc, relation, range) -> Tally.copied(0), 0);
		Database database = new Database(this.db.dataSource());
		database.inTransactionWithoutResult((jdbc) -> ChunkSource.ranges().plan(jdbc, task));
		try {
			return database.inTransaction(Map.of("lock_timeout", "200ms"), ChunkStore.claim(task), (jdbc, claimed) -> {
				Chunk chunk = claimed.orElseThrow();
				Position position = chunk.head(jdbc, 1).after();
				this.db.session("somebody").execute(meanwhile);
				new ChunkStore(jdbc).advance(chunk, position, Tally.copied(0));
				return true;
			});
		}
		catch (ConcurrencyFailureException ex) {
			return false;
		}
	}

}
