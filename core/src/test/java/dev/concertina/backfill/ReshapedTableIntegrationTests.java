package dev.concertina.backfill;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

import dev.concertina.ChangeStatus;
import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A table that somebody rewrites, renames or replaces in the middle of its backfill.
 */
@PostgresTest
class ReshapedTableIntegrationTests {

	private final TestDatabase db;

	ReshapedTableIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@ValueSource(strings = { "VACUUM FULL line", "CLUSTER line USING line_pkey", "ALTER TABLE line SET UNLOGGED",
			"TRUNCATE line", "ALTER TABLE line ADD stamp timestamptz DEFAULT clock_timestamp()" })
	void isPlannedAgainWhenItIsRewritten(String rewrite) {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute(rewrite);
			run.goOn().awaitNothingLost();
		}
	}

	@Test
	void stopsWhenItIsRenamedAndAnotherOneTakesItsName() {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute("""
					BEGIN;
					ALTER TABLE line RENAME TO line_old;
					CREATE TABLE line (LIKE line_old INCLUDING ALL);
					INSERT INTO line (id, price) VALUES (-1, 1);
					COMMIT""");
			assertThat(run.goOn().awaitFailure()).isEqualTo(
					"Table public.line is called public.line_old now, and another table has its name. Give it back its name, then resume the change.");
			assertThat(run.count("id = -1 AND amount IS NULL")).as("rows of the other table").isOne();
			this.db.execute("BEGIN; DROP TABLE line; ALTER TABLE line_old RENAME TO line; COMMIT");
			run.resume();
			run.awaitNothingLost();
		}
	}

	@Test
	void stopsWhenItIsMovedToAnotherSchema() {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute("CREATE SCHEMA other", "ALTER TABLE line SET SCHEMA other");
			assertThat(run.goOn().awaitFailure()).startsWith("Table public.line is called other.line now. ");
			this.db.execute("ALTER TABLE other.line SET SCHEMA public");
			run.resume();
			run.awaitNothingLost();
		}
	}

	@Test
	void stopsWhenItIsDropped() {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.db.execute("DROP TABLE line"))
				.withMessageContaining("other objects depend on it");
			this.db.execute("DROP TABLE line CASCADE");
			assertThat(run.goOn().awaitFailure())
				.isEqualTo("Table public.line was dropped. Roll the change back: its rows are gone.");
		}
	}

	@Test
	void isRolledBackAlsoWhenItIsDropped() {
		DisturbedRun.createTable(this.db);
		Application application = Halt.IN_THE_BACKFILL.bring(DisturbedRun.CHANGE, this.db);
		this.db.execute("DROP TABLE line CASCADE");
		application.concertina().steering().rollBack(DisturbedRun.CHANGE.id(), "test", "the table is gone");
		assertThat(application.run(DisturbedRun.CHANGE).status(DisturbedRun.CHANGE).state().status())
			.isEqualTo(Status.ROLLED_BACK);
		assertThat(this.db.jdbc()
			.sql("SELECT proname FROM pg_proc WHERE pronamespace = 'concertina'::regnamespace")
			.query((row, number) -> row.getString(1))
			.list()).containsExactly("claim_chunk");
	}

	@Test
	void stopsWhenAColumnIsRenamed() {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute("ALTER TABLE line RENAME price TO cost");
			assertThat(run.goOn().awaitFailure()).startsWith(
					"Columns of public.line are not what they were when the change was expanded: price is gone");
			this.db.execute("ALTER TABLE line RENAME cost TO price");
			run.resume();
			run.awaitNothingLost();
		}
	}

	@Test
	void keepsTheTypesOfTheColumnsThatTriggersRead() {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.db.execute("ALTER TABLE line ALTER price TYPE numeric(20, 4)"))
				.withMessageContaining("used by a function");
			run.goOn().awaitNothingLost();
		}
	}

	@Test
	void stopsWhenAnotherColumnHasAnotherType() {
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		this.db.execute("ALTER TABLE line ALTER items TYPE json");
		application.concertina().steering().resume(change.id(), "test");
		ChangeStatus status = application.run(change).status(change);
		assertThat(status.state()).isEqualTo(new State(Phase.BACKFILL, Status.FAILED));
		assertThat(status.reason())
			.startsWith("Columns of public.line are not what they were when the change was expanded: ")
			.contains("items was jsonb and is json");
		this.db.execute("ALTER TABLE line ALTER items TYPE jsonb");
		application.concertina().steering().resume(change.id(), "test");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

}
