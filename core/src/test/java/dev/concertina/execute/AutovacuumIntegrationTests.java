package dev.concertina.execute;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresServer;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;

class AutovacuumIntegrationTests {

	/** It begins at once, and takes half a minute for the table of the example. */
	private static final Map<String, String> EAGER_AND_SLOW = Map.of("autovacuum_naptime", "1s",
			"autovacuum_vacuum_threshold", "1", "autovacuum_vacuum_scale_factor", "0", "autovacuum_vacuum_cost_delay",
			"100ms", "autovacuum_vacuum_cost_limit", "1");

	@Test
	void yieldsItsTableThoughItHoldsItForLongerThanTheBudget() {
		try (PostgresServer server = PostgresServer.start(EAGER_AND_SLOW);
				TestDatabase database = TestDatabase.create(server)) {
			Example.RENAME_COLUMN.createTable(database);
			database.execute("DELETE FROM line WHERE id % 2 = 0");
			Patience.await()
				.until(() -> database.jdbc()
					.sql("SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 'line'::regclass)")
					.query(Boolean.class)
					.single());
			Change change = Example.RENAME_COLUMN.change();
			Application.of(database, Halt.OPTIONS, change).start();
			assertThat(database.table("line")).hasColumns("id", "price", "pad", "amount");
		}
	}

}
