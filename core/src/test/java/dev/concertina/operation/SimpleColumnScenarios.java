package dev.concertina.operation;

import java.util.stream.Stream;

import dev.concertina.change.Operation;
import dev.concertina.plan.TableLock;
import dev.concertina.testing.proof.Scenario;

/**
 * What is said about one column, and columns that go. A change of the catalog alone is at
 * its end when the application has started, so that each comes with another operation
 * that a rollback can still stop.
 */
final class SimpleColumnScenarios {

	private static final String TABLE = """
			CREATE TABLE t (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new' CHECK (state <> ''), code text NOT NULL,
			                at timestamptz DEFAULT now(), "Odd ""name" int)""";

	private static final String ROWS = """
			INSERT INTO t SELECT n, 's' || n, 'c' || n, '2024-01-01', n FROM generate_series(1, 50) n""";

	private SimpleColumnScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(defaults(), nullable(), dropped(), droppedKey(), comments(), sql());
	}

	private static Scenario defaults() {
		return scenario("set and drop defaults", SetDefault.of("t", "state", "'fresh'"),
				SetDefault.of("t", "Odd \"name", "10 + 1"), DropDefault.of("t", "at"))
			.sameAs("ALTER TABLE t ALTER state SET DEFAULT 'fresh', ALTER \"Odd \"\"name\" SET DEFAULT 10 + 1, ALTER at DROP DEFAULT");
	}

	private static Scenario nullable() {
		return scenario("accept NULL", DropNotNull.of("t", "code"), DropDefault.of("t", "at"))
			.sameAs("ALTER TABLE t ALTER code DROP NOT NULL, ALTER at DROP DEFAULT");
	}

	private static Scenario dropped() {
		return scenario("drop columns", DropColumn.of("t", "code").filledBy("'code of ' || id"),
				DropColumn.of("t", "state"), DropColumn.of("t", "Odd \"name").filledBy("id::int"))
			.sameAs("ALTER TABLE t DROP code, DROP state, DROP \"Odd \"\"name\"");
	}

	private static Scenario droppedKey() {
		return Scenario
			.of("drop a serial and a foreign key", DropColumn.of("child", "id"), DropColumn.of("child", "t_id"))
			.table(TABLE, "CREATE TABLE child (id serial, t_id bigint REFERENCES t, n int UNIQUE)")
			.rows(ROWS, "INSERT INTO child (t_id, n) VALUES (1, 1), (2, 2)")
			.sameAs("ALTER TABLE child DROP id, DROP t_id");
	}

	private static Scenario comments() {
		return scenario("set comments", SetComment.of("t", "It's \\ all"), SetComment.of("t", "state", "new text"),
				SetComment.of("t", "code", "").withoutText(), DropDefault.of("t", "at"))
			.table("COMMENT ON COLUMN t.state IS 'old text'", "COMMENT ON COLUMN t.code IS 'old text'")
			.sameAs("COMMENT ON TABLE t IS E'It''s \\\\ all'", "COMMENT ON COLUMN t.state IS 'new text'",
					"COMMENT ON COLUMN t.code IS NULL", "ALTER TABLE t ALTER at DROP DEFAULT");
	}

	private static Scenario sql() {
		return scenario("SQL written by hand",
				Sql.expanding(SqlStep.of("ALTER TABLE t ADD total int", "ALTER TABLE t DROP COLUMN IF EXISTS total")
					.locking(TableLock.Mode.ACCESS_EXCLUSIVE, "t"))
					.withBackfill(SqlBackfill.of("t", "total = length(code)", "total IS NULL"))
					.withAfterBackfill(SqlStep
						.of("CREATE INDEX CONCURRENTLY t_total ON t (total)", "DROP INDEX IF EXISTS t_total")
						.concurrently("DROP INDEX CONCURRENTLY IF EXISTS t_total"))
					.withContract(
							SqlStep.irreversible("ALTER TABLE t DROP code")
								.locking(TableLock.Mode.ACCESS_EXCLUSIVE, "t"),
							SqlStep.of("ALTER TABLE t RENAME at TO since", "ALTER TABLE t RENAME since TO at")
								.locking(TableLock.Mode.ACCESS_EXCLUSIVE, "t")))
			.sameAs("ALTER TABLE t ADD total int", "UPDATE t SET total = length(code)",
					"CREATE INDEX t_total ON t (total)", "ALTER TABLE t DROP code", "ALTER TABLE t RENAME at TO since");
	}

	private static Scenario scenario(String name, Operation... operations) {
		return Scenario.of(name, operations).table(TABLE).rows(ROWS);
	}

}
