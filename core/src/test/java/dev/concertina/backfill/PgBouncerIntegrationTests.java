package dev.concertina.backfill;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PgBouncer;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application behind a PgBouncer in transaction mode, with its Flyway connected to the
 * server itself.
 */
@PostgresTest
class PgBouncerIntegrationTests {

	private final TestDatabase db;

	PgBouncerIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@EnumSource(names = { "RENAME_COLUMN", "EXTRACT_JSON_ARRAY" })
	void carriesAChangeToItsEnd(Example example) {
		example.createTable(this.db);
		Change change = example.change();
		try (PgBouncer bouncer = PgBouncer.inFrontOf(this.db); HikariDataSource pool = bouncer.pool()) {
			Application application = application(pool, change);
			application.start();
			example.write(this.db);
			application.run(change);
			assertThat(application.status(change).state()).as("%s", application.status(change))
				.isEqualTo(DisturbedRun.AT_THE_GATE);
			assertThat(application.contract(change).status(change).state())
				.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		}
	}

	@Test
	void losesNothingWhileBothVersionsWrite() {
		DisturbedRun.createTable(this.db);
		try (PgBouncer bouncer = PgBouncer.inFrontOf(this.db); HikariDataSource pool = bouncer.pool()) {
			try (DisturbedRun run = new DisturbedRun(pool, this.db.dataSource(), pool).inTheMiddle()) {
				run.goOn().awaitNothingLost();
			}
		}
	}

	@Test
	void takesAChangeBack() {
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		try (PgBouncer bouncer = PgBouncer.inFrontOf(this.db); HikariDataSource pool = bouncer.pool()) {
			Application application = application(pool, change);
			application.start().run(change).concertina().steering().rollBack(change.id(), "ada", "wrong");
			assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
		}
	}

	private Application application(DataSource pool, Change change) {
		return Application.pooled(pool, this.db.dataSource(), Halt.OPTIONS, (builder) -> {
		}, change);
	}

}
