package dev.concertina.operation;

import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;

/**
 * Views, sequences, functions and triggers.
 */
final class ObjectScenarios {

	private static final String TABLE = "CREATE TABLE t (id bigint PRIMARY KEY, mail text, at timestamptz DEFAULT now())";

	private static final String ROWS = "INSERT INTO t SELECT n, 'm' || n, '2024-01-01' FROM generate_series(1, 20) n";

	private ObjectScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(views(), replacedViews(), sequences(), functions(), triggers());
	}

	private static Scenario views() {
		return Scenario.of("create and drop views",
				CreateView.of("other.Mails", "SELECT id, lower(mail) AS mail FROM t -- all of them"),
				CreateTable.of("fresh", TableColumn.of("n", "int")), CreateView.of("fresh_view", "SELECT n FROM fresh"),
				CreateView.of("counts", "SELECT count(*) AS n FROM t").withStoredRows(), DropView.of("old"),
				DropView.of("stored"))
			.table(TABLE, "CREATE SCHEMA other",
					"CREATE VIEW old (k, \"M\") WITH (security_barrier) AS SELECT id, mail FROM t WHERE id > 0",
					"ALTER VIEW old ALTER k SET DEFAULT 7", "COMMENT ON VIEW old IS 'old one'",
					"COMMENT ON COLUMN old.k IS 'its key'", "GRANT SELECT ON old TO PUBLIC",
					"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
					"CREATE TRIGGER instead INSTEAD OF INSERT ON old FOR EACH ROW EXECUTE FUNCTION f()",
					"CREATE RULE quiet AS ON DELETE TO old DO INSTEAD NOTHING",
					"CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one", "CREATE INDEX ON stored (one)")
			.rows(ROWS)
			.sameAs("CREATE VIEW other.\"Mails\" AS SELECT id, lower(mail) AS mail FROM t",
					"CREATE TABLE fresh (n int)", "CREATE VIEW fresh_view AS SELECT n FROM fresh",
					"CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM t", "DROP VIEW old",
					"DROP MATERIALIZED VIEW stored");
	}

	private static Scenario replacedViews() {
		return Scenario
			.of("replace views", ReplaceView.of("same", "SELECT id, upper(mail) AS mail FROM t"),
					ReplaceView.of("more", "SELECT id, mail, at FROM t"), DropDefault.of("t", "at"))
			.table(TABLE, "CREATE VIEW same WITH (security_barrier) AS SELECT id, mail FROM t",
					"CREATE VIEW more AS SELECT id, mail FROM t", "COMMENT ON VIEW more IS 'two columns'",
					"GRANT SELECT, UPDATE ON more TO PUBLIC",
					"GRANT INSERT (id) ON more TO pg_monitor WITH GRANT OPTION",
					"CREATE VIEW on_same AS SELECT id FROM same")
			.rows(ROWS)
			.sameAs("CREATE OR REPLACE VIEW same WITH (security_barrier) AS SELECT id, upper(mail) AS mail FROM t",
					"CREATE OR REPLACE VIEW more AS SELECT id, mail, at FROM t", "ALTER TABLE t ALTER at DROP DEFAULT");
	}

	private static Scenario sequences() {
		return Scenario
			.of("create and drop sequences", CreateSequence.of("other.invoice"),
					CreateSequence.of("Small").withType("smallint").withStart(100).withIncrement(50),
					DropSequence.of("old"))
			.table("CREATE SCHEMA other", "CREATE SEQUENCE old")
			.sameAs("CREATE SEQUENCE other.invoice", "CREATE SEQUENCE \"Small\" AS smallint START 100 INCREMENT 50",
					"DROP SEQUENCE old");
	}

	private static Scenario functions() {
		String replaced = "CREATE OR REPLACE FUNCTION \"Total\"(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql %s AS 'SELECT a %s b'";
		String atomic = "CREATE OR REPLACE FUNCTION word(n int) RETURNS text BEGIN ATOMIC SELECT CASE n WHEN 1 THEN ';' ELSE 'many' END; SELECT '%s' AS word; END;";
		String fresh = "CREATE FUNCTION other.mail_of(wanted bigint) RETURNS text LANGUAGE sql STABLE AS $$SELECT mail FROM t WHERE id = wanted$$";
		return Scenario
			.of("create and drop functions", CreateFunction.of(fresh),
					CreateFunction.of(replaced.formatted("IMMUTABLE", "*")), CreateFunction.of(atomic.formatted("new")),
					CreateFunction.of("CREATE PROCEDURE p(x text) LANGUAGE plpgsql AS 'BEGIN NULL; END'"),
					DropFunction.of("old(bigint, text[])"), DropFunction.of("old_procedure()"))
			.table(TABLE, "CREATE SCHEMA other", replaced.formatted("STABLE", "+"), atomic.formatted("old"),
					"CREATE FUNCTION old(n bigint, VARIADIC words text[]) RETURNS SETOF t LANGUAGE sql SECURITY DEFINER SET work_mem = '8MB' AS 'SELECT * FROM t WHERE id = n'",
					"COMMENT ON FUNCTION old IS 'it''s old'", "REVOKE ALL ON FUNCTION old FROM PUBLIC",
					"CREATE PROCEDURE old_procedure() LANGUAGE sql AS ''")
			.rows(ROWS)
			.sameAs(fresh, replaced.formatted("IMMUTABLE", "*"), atomic.formatted("new"),
					"CREATE PROCEDURE p(x text) LANGUAGE plpgsql AS 'BEGIN NULL; END'", "DROP FUNCTION old",
					"DROP PROCEDURE old_procedure");
	}

	private static Scenario triggers() {
		String function = "CREATE FUNCTION lower_mail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.mail := lower(NEW.mail); RETURN NEW; END'";
		return Scenario
			.of("create and drop triggers", CreateFunction.of(function),
					CreateTrigger.of("t", "Lower", "BEFORE INSERT OR UPDATE OF mail",
							"FOR EACH ROW WHEN (NEW.mail IS NOT NULL) EXECUTE FUNCTION lower_mail()"),
					DropTrigger.of("t", "old"))
			.table(TABLE, "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
					"CREATE TRIGGER old AFTER UPDATE ON t REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION f('a')",
					"COMMENT ON TRIGGER old ON t IS 'it''s old'", "ALTER TABLE t ENABLE ALWAYS TRIGGER old")
			.rows(ROWS)
			.sameAs(function,
					"CREATE TRIGGER \"Lower\" BEFORE INSERT OR UPDATE OF mail ON t FOR EACH ROW WHEN (NEW.mail IS NOT NULL) EXECUTE FUNCTION lower_mail()",
					"DROP TRIGGER old ON t");
	}

}
