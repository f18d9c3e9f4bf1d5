package dev.concertina.flyway;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A state that is in another schema than the one that is named is not forgotten; and that
 * of another application is left alone.
 */
@PostgresTest
class ChangedSchemaIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final Change change = Example.RENAME_COLUMN.change();

	private final TestDatabase db;

	ChangedSchemaIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void isRefusedWhileAChangeIsOnItsWay() {
		Example.RENAME_COLUMN.createTable(this.db);
		Application.of(this.db, this.change).start().run(this.change);
		Memory before = Memory.of(this.db);
		assertRefused(options("ops_changes"), "ops_changes", "concertina");
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void isRefusedWhereTheNewOneIsThereAlready() {
		Example.RENAME_COLUMN.createTable(this.db);
		Application.of(this.db, options("ops_changes")).start();
		Application.of(this.db, options("other")).start();
		Application.of(this.db, options("ops_changes"), this.change).start();
		assertRefused(options("other"), "other", "ops_changes");
		assertThat(Application.of(this.db, options("ops_changes"), this.change)
			.start()
			.run(this.change)
			.contract(this.change)
			.status(this.change)
			.state()).isEqualTo(COMPLETED);
	}

	@Test
	void isRefusedWhereTheOldOneCannotBeRead() {
		Example.RENAME_COLUMN.createTable(this.db);
		Application.of(this.db, this.change).start();
		String role = "newcomer_of_" + this.db.name();
		this.db.execute("CREATE ROLE " + role, "CREATE SCHEMA ops_changes AUTHORIZATION " + role,
				"GRANT ALL ON flyway_schema_history TO " + role);
		try (HikariDataSource newcomer = this.db.access().pool("newcomer")) {
			newcomer.setConnectionInitSql("SET ROLE " + role);
			assertThatExceptionOfType(ConcertinaException.class)
				.isThrownBy(() -> Application.of(newcomer, options("ops_changes"), this.change).start())
				.withMessage(
						"Changes [change] were run, but schema ops_changes knows nothing of them, and what concertina knows can't be read");
		}
		finally {
			this.db.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
		}
	}

	@Test
	void isNoMatterBeforeAChangeWasRun() {
		Example.RENAME_COLUMN.createTable(this.db);
		Application.of(this.db).start();
		assertThat(Application.of(this.db, options("ops_changes"), this.change)
			.start()
			.run(this.change)
			.contract(this.change)
			.status(this.change)
			.state()).isEqualTo(COMPLETED);
	}

	private void assertRefused(ConcertinaOptions options, String named, String used) {
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> Application.of(this.db, options, this.change).start())
			.withMessage("Changes [change] were run, but schema %s knows nothing of them; schema %s does"
				.formatted(named, used))
			.satisfies((ex) -> assertThat(ex.action())
				.isEqualTo("Set concertina.schema to %s: it stays what it was at the first start.".formatted(used)));
	}

	private static ConcertinaOptions options(String schema) {
		return ConcertinaOptions.defaults().withSchema(StateSchemaName.of(schema));
	}

}
