package dev.concertina.operation;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A table that was merged, and is out of sight, follows what has its columns now.
 */
@PostgresTest
class RetiredTableIntegrationTests {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults().withSoak(Duration.ofDays(1));

	private static final String RETIRED = "concertina_retired_merge_001_c";

	private final Change change = Change.version("1", "merge").operation(MergeTable.of("c", "t")).build();

	private final TestDatabase db;

	private final Application application;

	private final String clerk;

	RetiredTableIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, SOAKING, this.change);
		this.clerk = "clerk_of_" + db.name();
	}

	@BeforeEach
	void retire() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, note text)",
				"CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t, city text NOT NULL, zip int CHECK (zip > 0))",
				"CREATE INDEX cities ON c (city)", "INSERT INTO t VALUES (1), (2), (3)",
				"INSERT INTO c VALUES (1, 'Rome', 1), (2, 'Oslo', 2)", "CREATE ROLE " + this.clerk);
		this.application.start().contract(this.change);
		assertThat(this.application.status(this.change).state()).isEqualTo(new State(Phase.CONTRACT, Status.RETIRED));
	}

	@AfterEach
	void dropRole() {
		this.db.execute("DROP OWNED BY " + this.clerk, "DROP ROLE " + this.clerk);
	}

	@Test
	void getsWhatItsParentsGet() {
		this.db.execute("UPDATE t SET zip = 3 WHERE id = 1",
				"INSERT INTO t VALUES (4, 'x', 'Bern', 4), (5, 'x', NULL, NULL)",
				"UPDATE t SET city = 'Wien' WHERE id = 3");
		assertThat(retired()).containsExactly("1 Rome 3", "2 Oslo 2", "3 Wien", "4 Bern 4");
	}

	@Test
	void losesARowWithItsValues() {
		this.db.execute("UPDATE t SET city = NULL, zip = NULL WHERE id = 1");
		assertThat(retired()).containsExactly("2 Oslo 2");
	}

	@Test
	void losesARowWithItsParent() {
		this.db.execute("DELETE FROM t WHERE id < 3");
		assertThat(retired()).isEmpty();
	}

	@Test
	void followsAKey() {
		this.db.execute("UPDATE t SET id = 10, zip = 5 WHERE id = 1", "UPDATE t SET id = id + 20 WHERE id < 4");
		assertThat(retired()).containsExactly("10 Rome 5", "22 Oslo 2");
	}

	@Test
	void isEmptiedWithItsParents() {
		this.db.execute("TRUNCATE t CASCADE");
		assertThat(retired()).isEmpty();
	}

	@Test
	void refusesWhatItCannotHold() {
		assertThatException().isThrownBy(() -> this.db.execute("UPDATE t SET city = NULL WHERE id = 1"))
			.withMessageContaining("null value in column \"city\"");
		assertThatException().isThrownBy(() -> this.db.execute("UPDATE t SET zip = 0 WHERE id = 1"))
			.withMessageContaining("c_zip_check");
	}

	@Test
	void needsNoRightsOfAWriter() {
		this.db.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON t TO " + this.clerk,
				"SET ROLE %s; UPDATE t SET zip = 4 WHERE id = 1; DELETE FROM t WHERE id = 2; RESET ROLE"
					.formatted(this.clerk));
		assertThat(retired()).containsExactly("1 Rome 4");
	}

	@Test
	void comesBackInStepInBothDirections() {
		this.db.execute("UPDATE t SET city = 'Bern' WHERE id = 1", "DELETE FROM t WHERE id = 2");
		this.application.concertina().steering().unretire(this.change.id(), "test", "it is needed after all");
		this.application.run(this.change);
		assertThat(rows("c")).containsExactly("1 Bern 1");
		this.db.execute("UPDATE c SET zip = 7", "INSERT INTO c VALUES (3, 'Graz', 3)");
		assertThat(rows("t")).containsExactly("1 Bern 7", "3 Graz 3");
		this.db.execute("UPDATE t SET city = 'Linz' WHERE id = 3");
		assertThat(rows("c")).containsExactly("1 Bern 7", "3 Linz 3");
	}

	@Test
	void isDroppedAfterTheSoak() {
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		this.application.run(this.change);
		assertThat(this.application.status(this.change).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.jdbc()
			.sql("SELECT to_regclass(?) IS NULL AND to_regclass('c') IS NULL")
			.param(RETIRED)
			.query(Boolean.class)
			.single()).isTrue();
		this.db.execute("DELETE FROM t WHERE id = 1", "UPDATE t SET city = NULL");
		assertThat(rows("t")).containsExactly("2 2", "3");
	}

	private List<String> retired() {
		return rows(RETIRED);
	}

	private List<String> rows(String table) {
		return this.db.jdbc()
			.sql("SELECT concat_ws(' ', id, city, zip) FROM %s ORDER BY id".formatted(table))
			.query((row, number) -> row.getString(1))
			.list();
	}

}
