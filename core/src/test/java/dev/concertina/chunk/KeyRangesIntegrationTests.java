package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.plan.RowOrder;
import dev.concertina.schema.ColumnName;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A table that is gone over by its key, and what may happen to it meanwhile.
 */
@Tag("slow")
@PostgresTest
class KeyRangesIntegrationTests {

	private static final Change CHANGE = KeyedTable.change("public.line", RowOrder.ofKey());

	private final TestDatabase db;

	KeyRangesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 8, 21, 22 })
	void endWithTheTable(int rows) {
		KeyedTable table = KeyedTable.createEmpty(this.db, KeyKind.BIGINT);
		this.db.execute("ALTER TABLE line DISABLE TRIGGER double")
			.withRows("line (id, price)", rows, "n, n")
			.execute("ALTER TABLE line ENABLE TRIGGER double");
		KeyedRun run = KeyedRun.started(this.db, CHANGE);
		assertThat(run.copy()).isTrue();
		assertThat(table.count("applied = 1")).isEqualTo(rows);
		assertThat(run.chunks()).hasSize((rows + 6) / 7);
		assertThat(run.progress().fraction()).isEqualTo(1);
		assertThat(run.compare().rows()).isEqualTo(rows);
	}

	/** The trigger has doubled what came later; to follow the end would have no end. */
	@Test
	void endAtTheLastKeyOfTheFirstPlanning() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.UUID);
		this.db.execute("DELETE FROM line WHERE id > 'f0000000-0000-0000-0000-000000000000'");
		String last = this.db.jdbc()
			.sql("SELECT id::text FROM line ORDER BY id DESC LIMIT 1")
			.query(String.class)
			.single();
		Application.of(this.db, CHANGE).start();
		KeyedRun run = new KeyedRun(this.db.dataSource(), CHANGE, (event) -> this.db.execute(
				"INSERT INTO line (id, price) VALUES (overlay(gen_random_uuid()::text PLACING 'f' FROM 1)::uuid, 1)"));
		assertThat(run.copy()).isTrue();
		assertThat(run.chunks()).last().asString().endsWith("{" + last + "}");
		assertThat(table.count("doubled IS NULL")).isZero();
		assertThat(table.count("price = 1 AND id > 'f0000000-0000-0000-0000-000000000000'")).isGreaterThan(50);
	}

	@Test
	void goOnBehindAKeyThatIsGone() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.BIGINT);
		Application.of(this.db, CHANGE).start();
		KeyedRun run = new KeyedRun(this.db.dataSource(), CHANGE, (event) -> this.db.execute("""
				DELETE FROM line
				 WHERE id::text IN (SELECT unnest(next_key || end_key) FROM concertina.chunk)"""));
		assertThat(run.copy()).isTrue();
		assertThat(table.count("applied <> 1")).isZero();
		assertThat(table.count("true")).isBetween(200L, 350L);
	}

	@Test
	void goOnWhereTheyWereStopped() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.MIXED);
		Application.of(this.db, CHANGE).start();
		KeyedRun[] first = new KeyedRun[1];
		first[0] = new KeyedRun(this.db.dataSource(), CHANGE, (event) -> {
			if (table.count("applied = 1") > 100) {
				first[0].stop().stop();
			}
		});
		assertThat(first[0].copy()).isFalse();
		long copied = table.count("applied = 1");
		assertThat(copied).isBetween(100L, 200L);
		assertThat(new KeyedRun(this.db.dataSource(), CHANGE, (event) -> {
		}).copy()).isTrue();
		assertThat(table.count("applied <> 1")).isZero();
	}

	/** That this instance has nothing to plan does not mean that nothing is left. */
	@Test
	void areNotDoneWhileThoseOfAnotherInstanceAreOpen() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.BIGINT);
		KeyedRun other = KeyedRun.started(this.db, CHANGE);
		other.stop().stop();
		assertThat(other.copy()).isFalse();
		assertThat(other.chunks()).hasSize(3);
		assertThat(new KeyedRun(this.db.dataSource(), CHANGE, (event) -> {
		}).copy()).isTrue();
		assertThat(table.count("applied <> 1")).isZero();
	}

	/** Blocks would be planned again, and every row gone over twice. */
	@Test
	void outliveARewriteOfTheTable() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.BIGINT);
		Application.of(this.db, CHANGE).start();
		List<Long> units = new ArrayList<>();
		KeyedRun run = new KeyedRun(this.db.dataSource(), CHANGE, (event) -> {
			if (event instanceof BatchFinished batch) {
				synchronized (units) {
					units.add(batch.units());
					if (units.size() == 10) {
						this.db.execute("VACUUM FULL line");
					}
				}
			}
		});
		assertThat(run.copy()).isTrue();
		assertThat(units.stream().mapToLong(Long::longValue).sum()).isEqualTo(KeyedTable.ROWS + 2);
		assertThat(table.count("applied <> 1")).isZero();
	}

	@Test
	void haveAProgressThatNeverFallsHoweverWrongTheEstimateIs() {
		KeyedTable.create(this.db, KeyKind.BIGINT);
		this.db.execute("ANALYZE line", "UPDATE pg_class SET reltuples = relpages WHERE oid = 'line'::regclass");
		Application.of(this.db, CHANGE).start();
		List<Double> fractions = new ArrayList<>();
		KeyedRun[] run = new KeyedRun[1];
		run[0] = new KeyedRun(this.db.dataSource(), CHANGE, (event) -> {
			synchronized (fractions) {
				fractions.add(run[0].progress().fraction());
			}
		});
		assertThat(run[0].copy()).isTrue();
		assertThat(fractions).hasSizeGreaterThan(50).isSorted().allMatch((fraction) -> fraction >= 0 && fraction <= 1);
		assertThat(fractions.subList(0, fractions.size() / 2)).allMatch((fraction) -> fraction < 1);
		assertThat(run[0].progress().fraction()).isEqualTo(1);
	}

	@Test
	void areCopiedAgainWhereTheComparisonHasFoundADifference() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.TEXT);
		KeyedRun run = KeyedRun.started(this.db, CHANGE);
		assertThat(run.copy()).isTrue();
		this.db.execute("ALTER TABLE line DISABLE TRIGGER double",
				"UPDATE line SET doubled = NULL WHERE no IN (7, 300)", "ALTER TABLE line ENABLE TRIGGER double");
		assertThat(run.compare().different()).isEqualTo(2);
		assertThat(run.repairAndCompare().mismatches()).isZero();
		assertThat(table.count("applied = 2")).isEqualTo(2);
	}

	@Test
	void setPoisonRowsAsideByTheirKeys() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.TEXT);
		this.db.execute("ALTER TABLE line ADD CHECK (doubled <> 14 AND doubled <> 600) NOT VALID");
		KeyedRun run = KeyedRun.started(this.db, CHANGE);
		assertThat(run.copy()).isTrue();
		assertThat(table.count("doubled IS NULL AND no IN (7, 300)")).isEqualTo(2);
		assertThat(table.count("applied <> 1")).isEqualTo(2);
		assertThat(this.db.jdbc()
			.sql("SELECT array_agg(key ORDER BY key COLLATE \"C\") = (SELECT array_agg(id ORDER BY id COLLATE \"C\") FROM line WHERE no IN (7, 300)) FROM concertina.poison_row")
			.query(Boolean.class)
			.single()).isTrue();
		this.db.execute("ALTER TABLE line DROP CONSTRAINT line_doubled_check",
				"UPDATE concertina.poison_row SET again = true");
		assertThat(run.copy()).isTrue();
		assertThat(table.count("applied <> 1")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "id bigint)", "id bigint UNIQUE)",
			"id bigint NOT NULL); CREATE UNIQUE INDEX ON line (id) WHERE id > 0",
			"id bigint NOT NULL); CREATE UNIQUE INDEX ON line ((id + 1))",
			"id text NOT NULL); CREATE UNIQUE INDEX ON line (id text_pattern_ops)",
			"id text NOT NULL); CREATE UNIQUE INDEX ON line (id COLLATE \"POSIX\")",
			"id int NOT NULL, b int NOT NULL DEFAULT 1); CREATE UNIQUE INDEX ON line (id, b DESC)" })
	void areRefusedWhereThereIsNoKey(String columns) {
		this.db.execute("CREATE TABLE line (no int, price int, doubled int, " + columns,
				"INSERT INTO line (id, price) VALUES ('1', 1)");
		KeyedRun run = KeyedRun.started(this.db, CHANGE);
		assertThatExceptionOfType(MissingKeyException.class).isThrownBy(run::copy)
			.withMessage(
					"public.line has no key to go over it by: no primary key and no unique index over columns that forbid NULL");
		assertThat(this.db.jdbc().sql("SELECT count(doubled) FROM line").query(Long.class).single()).isZero();
	}

	@Test
	void areRefusedWhereANamedKeyHoldsNull() {
		KeyedTable.create(this.db, KeyKind.BIGINT);
		this.db.execute("UPDATE line SET no = NULL WHERE price IN (20, 30)");
		KeyedRun run = KeyedRun.started(this.db,
				KeyedTable.change("public.line", RowOrder.ofKey(ColumnName.of("price"), ColumnName.of("no"))));
		assertThatExceptionOfType(MissingKeyException.class).isThrownBy(run::copy)
			.withMessage("2 rows of public.line have NULL in the key (price, no)");
	}

	@Test
	void areRefusedWhereANamedColumnIsNotThere() {
		KeyedTable.create(this.db, KeyKind.BIGINT);
		KeyedRun run = KeyedRun.started(this.db, KeyedTable.change("public.line", RowOrder.ofKey(ColumnName.of("nr"))));
		assertThatExceptionOfType(MissingKeyException.class).isThrownBy(run::copy)
			.withMessage("public.line lacks a column of the key [nr]");
	}

	/** A batch takes all rows of its last key, however many they are. */
	@Test
	void needNoKeyThatIsUnique() {
		KeyedTable table = KeyedTable.create(this.db, KeyKind.BIGINT);
		this.db.execute("ALTER TABLE line DISABLE TRIGGER double", "UPDATE line SET no = no / 9",
				"ALTER TABLE line ENABLE TRIGGER double");
		KeyedRun run = KeyedRun.started(this.db, KeyedTable.change("public.line", RowOrder.ofKey(ColumnName.of("no"))));
		assertThat(run.copy()).isTrue();
		assertThat(table.count("applied <> 1")).isZero();
		assertThat(run.compare().rows()).isEqualTo(KeyedTable.ROWS + 2);
	}

}
