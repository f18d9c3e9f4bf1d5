package dev.concertina.operation;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

/**
 * Keys that become wider, with everything that refers to them.
 */
final class KeyScenarios {

	private static final String NOTE = "note text DEFAULT repeat('-', 1500)";

	private KeyScenarios() {
	}

	static Stream<Scenario> all() {
		return Stream.of(serial(), identity());
	}

	private static Scenario serial() {
		return Scenario.of("widen a serial key", WidenKey.of("t", "id"))
			.table("CREATE TABLE t (id serial PRIMARY KEY, parent int REFERENCES t ON DELETE CASCADE, %s)"
				.formatted(NOTE), "ALTER TABLE t ALTER COLUMN note SET STORAGE PLAIN",
					"CREATE TABLE visit (t_id int NOT NULL REFERENCES t ON UPDATE CASCADE ON DELETE CASCADE, day date, PRIMARY KEY (t_id, day))",
					"CREATE TABLE wide (t_id bigint REFERENCES t ON DELETE SET NULL, n int)",
					"CREATE TABLE profile (t_id int PRIMARY KEY REFERENCES t ON DELETE CASCADE, name text)",
					"CREATE TABLE picture (profile_id int REFERENCES profile ON DELETE SET NULL, url text)",
					"CREATE INDEX ON visit (day, t_id)")
			.rows("INSERT INTO t (id, parent) VALUES (1, NULL), (2, 1), (3, 1)",
					"INSERT INTO visit VALUES (1, '2024-01-01'), (2, '2024-01-01')",
					"INSERT INTO wide VALUES (1, 1), (2, 2)", "INSERT INTO profile VALUES (1, 'one')",
					"INSERT INTO picture VALUES (1, 'u')", "SELECT setval('t_id_seq', 3)")
			.sameAs("ALTER TABLE t ALTER id TYPE bigint, ALTER parent TYPE bigint",
					"ALTER TABLE visit ALTER t_id TYPE bigint", "ALTER TABLE profile ALTER t_id TYPE bigint",
					"ALTER TABLE picture ALTER profile_id TYPE bigint", "ALTER SEQUENCE t_id_seq AS bigint")
			.writtenBy(new Versions(List.of(
					Writer.of("inserts with a child", "INSERT INTO t (id, parent) VALUES (10, 2)",
							"INSERT INTO visit VALUES (10, '2030-01-01')",
							"(SELECT parent = 2 FROM t WHERE id = 10) AND EXISTS (SELECT FROM visit WHERE t_id = 10)"),
					Writer.of("deletes", "DELETE FROM t WHERE id = 1",
							"NOT EXISTS (SELECT FROM visit WHERE t_id = 1) AND (SELECT t_id IS NULL FROM wide WHERE n = 1)"
									+ " AND (SELECT profile_id IS NULL FROM picture)"),
					Writer.of("updates the key", "UPDATE t SET id = 12 WHERE id = 3",
							"EXISTS (SELECT FROM t WHERE id = 12)"),
					Writer.of("updates something else", "UPDATE t SET note = repeat('x', 5000) WHERE id = 1",
							"EXISTS (SELECT FROM t WHERE id = 1)")),
					KeyScenarios::writes, KeyScenarios::writes));
	}

	private static Scenario identity() {
		return Scenario.of("widen an identity", WidenKey.of("t", "id"))
			.table("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 5) PRIMARY KEY, %s)"
				.formatted(NOTE))
			.rows("INSERT INTO t (note) SELECT 'n' FROM generate_series(1, 20)")
			.sameAs("ALTER TABLE t ALTER id TYPE bigint");
	}

	private static List<String> writes(Random random) {
		int id = 1 + random.nextInt(ColumnScenarios.ROWS);
		return switch (random.nextInt(5)) {
			case 0, 1 -> List.of("INSERT INTO t (id) VALUES (%d) ON CONFLICT DO NOTHING".formatted(id));
			case 2 -> List.of("INSERT INTO t (note) VALUES ('new') ON CONFLICT DO NOTHING");
			case 3 -> List.of("UPDATE t SET note = repeat('x', %d) WHERE id = %d".formatted(random.nextInt(2000), id));
			default -> List.of("DELETE FROM t WHERE id = %d".formatted(id));
		};
	}

}
