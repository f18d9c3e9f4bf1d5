package dev.concertina.backfill;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

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
			this.db.execute("DROP TABLE line");
			assertThat(run.goOn().awaitFailure())
				.isEqualTo("Table public.line was dropped. Roll the change back: its rows are gone.");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER price TYPE numeric(20, 4)", "RENAME price TO cost" })
	void stopsWhenAColumnIsNotWhatItWas(String alteration) {
		DisturbedRun.createTable(this.db);
		try (DisturbedRun run = DisturbedRun.of(this.db).inTheMiddle()) {
			this.db.execute("ALTER TABLE line " + alteration);
			assertThat(run.goOn().awaitFailure())
				.startsWith("Columns of public.line are not what they were when the change was expanded: price ")
				.contains(alteration.startsWith("ALTER") ? "price was integer and is numeric(20,4)" : "price is gone");
			this.db.execute(alteration.startsWith("ALTER") ? "ALTER TABLE line ALTER price TYPE int"
					: "ALTER TABLE line RENAME cost TO price");
			run.resume();
			run.awaitNothingLost();
		}
	}

}
