package dev.concertina.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Tables that become partitioned under an application that does not notice.
 */
final class PartitionScenarios {

	private static final String NOTE = "note text DEFAULT repeat('-', 1500)";

	/** What a month is called, for each that the operation makes a partition for. */
	private static final String MONTHS = """
			DO $$
			DECLARE
			  first_day date;
			BEGIN
			  FOR first_day IN SELECT generate_series('2026-01-01', date_trunc('month', now() AT TIME ZONE 'UTC') + interval '2 months', '1 month') LOOP
			    EXECUTE format('CREATE TABLE %I PARTITION OF t FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 90)',
			                   to_char(first_day, '"t_"YYYY_MM'), first_day, first_day + interval '1 month');
			  END LOOP;
			END $$""";

	private PartitionScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(byRange(), byList(), byHash());
	}

	private static Scenario byRange() {
		List<String> table = List.of("CREATE TABLE kind (id int PRIMARY KEY, name text)",
				"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched := coalesce(NEW.touched, 0) + 1; RETURN NEW; END'",
				"CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE t SET size = 7 WHERE id = NEW.id AND size = 6; RETURN NULL; END'");
		List<String> after = List.of("CREATE INDEX t_kind ON t (kind_id) INCLUDE (size) WHERE size > 0",
				"COMMENT ON INDEX t_kind IS 'by kind'", "CREATE UNIQUE INDEX t_day_size ON t (day, lower(name))",
				"CREATE STATISTICS t_both ON kind_id, size FROM t",
				"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
				"CREATE TRIGGER follow AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION follow()",
				"COMMENT ON TABLE t IS 'events'", "COMMENT ON COLUMN t.day IS 'when'",
				"COMMENT ON CONSTRAINT positive ON t IS 'never less'", "GRANT SELECT ON t TO PUBLIC",
				"GRANT UPDATE (size) ON t TO PUBLIC", "ALTER TABLE t ALTER size SET STATISTICS 300",
				"ALTER TABLE t ALTER note SET STORAGE PLAIN");
		String columns = "id bigserial, day date NOT NULL, kind_id int CONSTRAINT of_kind REFERENCES kind ON DELETE CASCADE,"
				+ " size int CONSTRAINT positive CHECK (size >= 0), name text COLLATE \"C\", touched int,"
				+ " double int GENERATED ALWAYS AS (size * 2) STORED, " + NOTE;
		Scenario scenario = Scenario
			.of("partition a table by range",
					PartitionTable.byRange("t", "day", PartitionPeriod.MONTH, "2026-01-01", 2).withExtendedKey())
			.table(table.toArray(String[]::new))
			.table("CREATE TABLE t (%s, PRIMARY KEY (id)) WITH (fillfactor = 90)".formatted(columns))
			.table(after.toArray(String[]::new))
			.rows("INSERT INTO kind VALUES (1, 'one'), (2, 'two')",
					"INSERT INTO t (id, day, kind_id, size, name, note) VALUES (1, '2026-01-05', 1, 1, 'A', '-'), (2, '2025-07-01', 2, 2, 'b', '-'), (3, '2099-01-01', NULL, NULL, NULL, '-')",
					"SELECT setval('t_id_seq', 3)");
		List<String> plain = new ArrayList<>(List.of("CREATE TEMP TABLE saved AS SELECT * FROM t",
				"ALTER SEQUENCE t_id_seq OWNED BY NONE", "DROP TABLE t",
				"CREATE TABLE t (%s, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)"
					.formatted(columns.replace("bigserial", "bigint NOT NULL DEFAULT nextval('t_id_seq')")),
				"ALTER SEQUENCE t_id_seq OWNED BY t.id",
				"CREATE TABLE t_default PARTITION OF t DEFAULT WITH (fillfactor = 90)",
				"CREATE TABLE t_earlier PARTITION OF t FOR VALUES FROM (MINVALUE) TO ('2026-01-01') WITH (fillfactor = 90)",
				MONTHS,
				"INSERT INTO t SELECT id, day, kind_id, size, name, touched, DEFAULT, note FROM saved"
					.replace("DEFAULT, ", "")
					.replace("INSERT INTO t", "INSERT INTO t (id, day, kind_id, size, name, touched, note)"),
				"DROP TABLE saved"));
		plain.addAll(after);
		return scenario.sameAs(plain.toArray(String[]::new))
			.writtenBy(new Versions(writers(), PartitionScenarios::writes, PartitionScenarios::writes));
	}

	private static List<Writer> writers() {
		return List.of(
				Writer.of("inserts", "INSERT INTO t (id, day, size) VALUES (10, '2026-01-05', 1)",
						"(SELECT size = 1 FROM t WHERE id = 10)"),
				Writer.of("inserts for another day than there is a partition",
						"INSERT INTO t (id, day, size) VALUES (10, '2199-01-05', 1)",
						"(SELECT size = 1 FROM t WHERE id = 10)"),
				Writer.of("updates", "UPDATE t SET size = 5 WHERE id = 1", "(SELECT size = 5 FROM t WHERE id = 1)"),
				Writer.of("updates with a trigger that does it again", "UPDATE t SET size = 6 WHERE id = 1",
						"(SELECT size = 7 FROM t WHERE id = 1)"),
				Writer.of("updates twice", "UPDATE t SET size = 5 WHERE id = 1",
						"UPDATE t SET size = 6, day = '2026-02-01' WHERE id = 1",
						"(SELECT size = 7 FROM t WHERE id = 1)"),
				Writer.of("moves to another partition", "UPDATE t SET day = '2026-03-01' WHERE id IN (1, 2)",
						"(SELECT count(*) = 2 FROM t WHERE day = '2026-03-01')"),
				Writer.of("deletes", "DELETE FROM t WHERE id = 1", "NOT EXISTS (SELECT FROM t WHERE id = 1)"),
				Writer.of("replaces", "DELETE FROM t WHERE id = 1",
						"INSERT INTO t (id, day, size) VALUES (1, '2026-05-01', 1)",
						"(SELECT size = 1 FROM t WHERE id = 1)"),
				Writer.of("deletes what it refers to", "DELETE FROM kind WHERE id = 1",
						"NOT EXISTS (SELECT FROM t WHERE id = 1)"),
				Writer.of("updates the key", "UPDATE t SET id = 11 WHERE id = 1",
						"(SELECT size = 1 FROM t WHERE id = 11)"),
				Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
						"(SELECT size = 1 FROM t WHERE id = 1)"),
				Writer.of("truncates", "TRUNCATE t", "NOT EXISTS (SELECT FROM t)"));
	}

	/**
	 * No id is on two days, which the key of the ordinary table forbids.
	 */
	private static List<String> writes(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		String day = "date '2025-11-01' + %d".formatted(random.nextInt(600));
		String statement = switch (random.nextInt(8)) {
			case 0, 1 ->
				"INSERT INTO t (id, day, size) SELECT %d, %s, %d WHERE NOT EXISTS (SELECT FROM t WHERE id = %1$d) ON CONFLICT DO NOTHING"
					.formatted(id, day, random.nextInt(9));
			case 2, 3 -> "UPDATE t SET size = %d WHERE id = %d".formatted(random.nextInt(9), id);
			case 4 -> "UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id);
			case 5 -> "DELETE FROM t WHERE id = %d".formatted(id);
			case 6 -> "UPDATE t SET id = %d WHERE id = %d AND NOT EXISTS (SELECT FROM t WHERE id = %1$d)"
				.formatted(1000 + random.nextInt(100_000_000), id);
			default -> "UPDATE t SET day = %s WHERE id = %d".formatted(day, id);
		};
		return List.of("DO 'BEGIN PERFORM pg_advisory_xact_lock(%d); END'".formatted(id), statement);
	}

	private static Scenario byList() {
		String columns = "\"Order no\" int GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 5), \"region\"\"s\" text NOT NULL, amount numeric";
		return Scenario
			.of("partition a table by list",
					PartitionTable
						.byList("\"s.x\".\"a\"\"b\"", "region\"s", ListPartition.of("in 'EU'", "de", "f'r"),
								ListPartition.of("US", "us"))
						.withExtendedKey())
			.table("CREATE SCHEMA \"s.x\"",
					"CREATE TABLE \"s.x\".\"a\"\"b\" (%s, PRIMARY KEY (\"Order no\"), CONSTRAINT \"not twice\" UNIQUE (amount, \"region\"\"s\"))"
						.formatted(columns))
			.rows("INSERT INTO \"s.x\".\"a\"\"b\" (\"region\"\"s\", amount) SELECT (ARRAY['de', 'us', 'f''r', 'jp'])[1 + n % 4], n FROM generate_series(1, 30) AS n")
			.sameAs("CREATE TEMP TABLE saved AS SELECT * FROM \"s.x\".\"a\"\"b\"", "DROP TABLE \"s.x\".\"a\"\"b\"",
					"CREATE TABLE \"s.x\".\"a\"\"b\" (%s, PRIMARY KEY (\"Order no\", \"region\"\"s\"), CONSTRAINT \"not twice\" UNIQUE (amount, \"region\"\"s\")) PARTITION BY LIST (\"region\"\"s\")"
						.formatted(columns),
					"CREATE TABLE \"s.x\".\"in 'EU'\" PARTITION OF \"s.x\".\"a\"\"b\" FOR VALUES IN ('de', 'f''r')",
					"CREATE TABLE \"s.x\".\"US\" PARTITION OF \"s.x\".\"a\"\"b\" FOR VALUES IN ('us')",
					"CREATE TABLE \"s.x\".\"a\"\"b_default\" PARTITION OF \"s.x\".\"a\"\"b\" DEFAULT",
					"INSERT INTO \"s.x\".\"a\"\"b\" OVERRIDING SYSTEM VALUE SELECT * FROM saved", "DROP TABLE saved");
	}

	private static Scenario byHash() {
		return Scenario.of("partition a table by hash", PartitionTable.byHash("t", "customer", 3))
			.table("CREATE DOMAIN filled AS text DEFAULT 'none' CHECK (value <> '')",
					"CREATE TABLE t (customer uuid, n int, %s, word filled, words text[] DEFAULT '{a,b}', PRIMARY KEY (customer, n))"
						.formatted(NOTE))
			.rows("INSERT INTO t SELECT md5((n % 7)::text)::uuid, n FROM generate_series(1, 40) AS n")
			.sameAs("ALTER TABLE t RENAME TO saved", "ALTER INDEX t_pkey RENAME TO saved_pkey",
					"CREATE TABLE t (customer uuid, n int, %s, word filled, words text[] DEFAULT '{a,b}', PRIMARY KEY (customer, n)) PARTITION BY HASH (customer)"
						.formatted(NOTE),
					"CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 3, REMAINDER 0)",
					"CREATE TABLE t_1 PARTITION OF t FOR VALUES WITH (MODULUS 3, REMAINDER 1)",
					"CREATE TABLE t_2 PARTITION OF t FOR VALUES WITH (MODULUS 3, REMAINDER 2)",
					"INSERT INTO t SELECT * FROM saved", "DROP TABLE saved");
	}

}
