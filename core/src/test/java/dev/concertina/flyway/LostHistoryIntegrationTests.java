package dev.concertina.flyway;

import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Flyway commits a migration and its history apart, unless it is told to use one
 * connection.
 */
@PostgresTest
class LostHistoryIntegrationTests {

	private final TestDatabase db;

	LostHistoryIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void leavesAChangeAloneThatWasExpandedButNotRemembered() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application.of(this.db, change).start();
		this.db.execute("DELETE FROM flyway_schema_history WHERE version = '1'");
		Application next = Application.of(this.db, change).start();
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM flyway_schema_history WHERE version = '1' AND success")
			.query(Integer.class)
			.single()).isEqualTo(1);
		assertThat(next.run(change).contract(change).status(change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	@Test
	void installsNoStateThatIsNotRemembered() {
		Application.of(this.db).start();
		this.db.execute("DROP SCHEMA concertina CASCADE", "CREATE SCHEMA concertina",
				"CREATE TABLE concertina.schema_history (LIKE flyway_schema_history INCLUDING ALL, CHECK (version IS NULL))");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> Application.of(this.db).start());
		assertThat(this.db.jdbc().sql("SELECT to_regclass('concertina.change') IS NULL").query(Boolean.class).single())
			.isTrue();
	}

}
