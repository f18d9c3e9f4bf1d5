package dev.concertina.operation;

import java.time.Duration;
import java.util.List;

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
 * An ordinary table that a partitioned one has taken the place of, while it is out of
 * sight.
 */
@PostgresTest
class RetiredPartitionsIntegrationTests {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults().withSoak(Duration.ofDays(1));

	private static final String RETIRED = "concertina_retired_parts_001_t";

	private static final PartitionTable BY_KIND = PartitionTable
		.byList("t", "kind", ListPartition.of("t_a", "a"), ListPartition.of("t_b", "b"))
		.withExtendedKey();

	private final Change change = Change.version("1", "parts").operation(BY_KIND).build();

	private final TestDatabase db;

	private final Application application;

	RetiredPartitionsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, SOAKING, this.change);
	}

	@Test
	void followsWhatIsWritten() {
		retire("id bigint PRIMARY KEY, kind text NOT NULL, size int");
		this.db.execute("INSERT INTO t VALUES (4, 'b', 4), (5, 'x', 5)", "UPDATE t SET size = 7 WHERE id = 1",
				"UPDATE t SET kind = 'b', size = 8 WHERE id = 2", "DELETE FROM t WHERE id = 3",
				"UPDATE t SET id = 40 WHERE id = 4");
		assertThat(rows(RETIRED)).containsExactly("1 a 7", "2 b 8", "5 x 5", "40 b 4").isEqualTo(rows("t"));
		this.db.execute("TRUNCATE t");
		assertThat(rows(RETIRED)).isEmpty();
	}

	@Test
	void followsARowThatATriggerWritesAgainBeforeOurs() {
		this.db.execute("""
				CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN UPDATE t SET size = 70 WHERE id = NEW.id AND size = 7; RETURN NULL; END'""");
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, kind text NOT NULL, size int)",
				"CREATE TRIGGER again AFTER INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION again()",
				"INSERT INTO t VALUES (1, 'x', 1)");
		retire();
		this.db.execute("UPDATE t SET kind = 'y', size = 7 WHERE id = 1", "INSERT INTO t VALUES (2, 'a', 7)");
		assertThat(rows(RETIRED)).containsExactly("1 y 70", "2 a 70").isEqualTo(rows("t"));
	}

	@Test
	void refusesAKeyThatIsThereTwice() {
		retire("id bigint PRIMARY KEY, kind text NOT NULL, size int");
		assertThatException().isThrownBy(() -> this.db.execute("INSERT INTO t VALUES (1, 'b', 9)"))
			.withMessageContaining("duplicate key");
		assertThat(rows(RETIRED)).containsExactly("1 a 1", "2 a 2", "3 a 3").isEqualTo(rows("t"));
	}

	@Test
	void firesATriggerOfTheUserOnceAWrite() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, kind text NOT NULL, size int)",
				"CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.size := NEW.size + 1; RETURN NEW; END'",
				"CREATE TRIGGER bump BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION bump()",
				"INSERT INTO t VALUES (1, 'a', 1)");
		retire();
		this.db.execute("UPDATE t SET size = 7 WHERE id = 1");
		assertThat(rows("t")).containsExactly("1 a 8").isEqualTo(rows(RETIRED));
		unretire();
		this.db.execute("UPDATE t SET size = 10 WHERE id = 1");
		assertThat(rows("t")).containsExactly("1 a 11");
	}

	@Test
	void givesASequenceBackThatGoesOn() {
		retire("id bigserial PRIMARY KEY, kind text NOT NULL, size int");
		this.db.execute("SELECT setval('t_id_seq', 3)", "INSERT INTO t (kind) VALUES ('a'), ('b')");
		unretire();
		this.db.execute("INSERT INTO t (kind) VALUES ('b')");
		assertThat(rows("t")).endsWith("4 a", "5 b", "6 b");
		assertThat(this.db.jdbc().sql("SELECT pg_get_serial_sequence('t', 'id')").query(String.class).single())
			.isEqualTo("public.t_id_seq");
	}

	@Test
	void givesAnIdentityBackThatGoesOn() {
		retire("id bigint PRIMARY KEY, kind text NOT NULL, size int GENERATED ALWAYS AS IDENTITY (START WITH 10)",
				"INSERT INTO t VALUES (1, 'a'), (2, 'a')");
		this.db.execute("INSERT INTO t VALUES (3, 'b')", "UPDATE t SET size = DEFAULT WHERE id = 1");
		assertThat(rows(RETIRED)).containsExactly("1 a 13", "2 a 11", "3 b 12").isEqualTo(rows("t"));
		unretire();
		this.db.execute("INSERT INTO t VALUES (4, 'b')");
		assertThat(rows("t")).contains("4 b 14");
		this.application.concertina().steering().resume(this.change.id(), "test");
		assertThat(this.application.run(this.change).contract(this.change).status(this.change).state().status())
			.isEqualTo(Status.RETIRED);
		this.db.execute("INSERT INTO t VALUES (5, 'b')");
		assertThat(rows("t")).contains("5 b 15");
	}

	@Test
	void doesNotComeBackForATableThatWasChanged() {
		retire("id bigint PRIMARY KEY, kind text NOT NULL, size int");
		this.db.execute("ALTER TABLE t ADD COLUMN late text");
		unretire();
		assertThat(status()).isEqualTo(Status.UNRETIRE_FAILED);
		this.db.execute("ALTER TABLE t DROP COLUMN late", "DROP TABLE t_b");
		resume();
		assertThat(status()).isEqualTo(Status.UNRETIRE_FAILED);
		this.db.execute("CREATE TABLE t_b PARTITION OF t FOR VALUES IN ('b')",
				"CREATE TABLE t_c PARTITION OF t FOR VALUES IN ('c')", "INSERT INTO t VALUES (9, 'c', 9)");
		resume();
		assertThat(status()).isEqualTo(Status.PAUSED);
		assertThat(rows("t")).containsExactly("1 a 1", "2 a 2", "3 a 3", "9 c 9");
	}

	@Test
	void isDroppedAfterTheSoak() {
		retire("id bigserial PRIMARY KEY, kind text NOT NULL, size int");
		this.db.execute("CREATE TABLE t_c PARTITION OF t FOR VALUES IN ('c')", "INSERT INTO t VALUES (9, 'c', 9)",
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		this.db.execute("INSERT INTO t (id, kind) VALUES (1, 'b')");
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM pg_class WHERE relname ~ 'concertina'")
			.query(Long.class)
			.single()).isZero();
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM pg_proc WHERE pronamespace = 'concertina'::regnamespace AND proname ~ '^parts'")
			.query(Long.class)
			.single()).isZero();
	}

	private void retire(String columns) {
		retire(columns, "INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 2), (3, 'a', 3)");
	}

	private void retire(String columns, String rows) {
		this.db.execute("CREATE TABLE t (%s)".formatted(columns), rows);
		retire();
	}

	private void retire() {
		this.application.start().contract(this.change);
		assertThat(status()).as("%s", this.application.status(this.change)).isEqualTo(Status.RETIRED);
	}

	private void unretire() {
		this.application.concertina().steering().unretire(this.change.id(), "test", "it is needed after all");
		this.application.run(this.change);
	}

	private void resume() {
		this.application.concertina().steering().resume(this.change.id(), "test");
		this.application.run(this.change);
	}

	private Status status() {
		return this.application.status(this.change).state().status();
	}

	private List<String> rows(String table) {
		return this.db.jdbc()
			.sql("SELECT concat_ws(' ', id, kind, size) FROM %s ORDER BY id".formatted(table))
			.query((row, number) -> row.getString(1))
			.list();
	}

}
