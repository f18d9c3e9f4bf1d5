package dev.concertina.example;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeFile;
import dev.concertina.change.ChangeReader;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.Operations;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.EveryOrderProof;
import dev.concertina.testing.proof.Proof;
import dev.concertina.testing.proof.Scenario;
import dev.concertina.testing.proof.Scenario.Versions;
import dev.concertina.testing.proof.Writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An operation of a user is proved as those of Concertina are, and written in YAML.
 */
@PostgresTest(settings = "deadlock_timeout=50ms")
class AddHashColumnIntegrationTests {

	private static final AddHashColumn HASH = AddHashColumn.of("\"odd\".\"Big \"\"T\"\"\"", "Mail", "hash");

	private static final String TABLE = "odd.\"Big \"\"T\"\"\"";

	private static final String IS_HASH = "(SELECT bool_and(hash IS NOT DISTINCT FROM sha256(convert_to(\"Mail\", 'UTF8'))) FROM %s)"
		.formatted(TABLE);

	private static final Scenario SCENARIO = Scenario.of("add a hash", HASH)
		.table("CREATE SCHEMA odd", "CREATE TABLE %s (id int PRIMARY KEY, \"Mail\" text, note text)".formatted(TABLE),
				"ALTER TABLE %s ALTER COLUMN note SET STORAGE PLAIN".formatted(TABLE))
		.rows("INSERT INTO %s VALUES (1, 'one', repeat('-', 1500)), (2, NULL, '-'), (3, 'ö', '-')".formatted(TABLE))
		.sameAs("ALTER TABLE %s ADD hash bytea".formatted(TABLE),
				"UPDATE %s SET hash = sha256(convert_to(\"Mail\", 'UTF8'))".formatted(TABLE), """
						CREATE FUNCTION odd."Big ""T""_hash_is_hash"() RETURNS trigger LANGUAGE plpgsql
						 SET DateStyle = 'ISO, YMD'
						 SET IntervalStyle = 'postgres'
						 SET TimeZone = 'UTC'
						 SET search_path = public, pg_temp
						AS $$
						BEGIN
						  NEW."hash" := sha256(convert_to(NEW."Mail", 'UTF8'));
						  RETURN NEW;
						END
						$$""", """
						CREATE TRIGGER "Big ""T""_hash_is_hash" BEFORE INSERT OR UPDATE ON odd."Big ""T""\"
						FOR EACH ROW EXECUTE FUNCTION odd."Big ""T""_hash_is_hash"()""")
		.writtenBy(new Versions(
				List.of(Writer.of("inserts", "INSERT INTO %s (id, \"Mail\") VALUES (10, 'w')".formatted(TABLE),
						IS_HASH),
						Writer.of("updates", "UPDATE %s SET \"Mail\" = 'w' WHERE id = 1".formatted(TABLE), IS_HASH),
						Writer.of("updates to NULL", "UPDATE %s SET \"Mail\" = NULL".formatted(TABLE), IS_HASH),
						Writer.of("updates the hash", "UPDATE %s SET hash = NULL".formatted(TABLE), IS_HASH),
						Writer.of("updates something else",
								"UPDATE %s SET note = repeat('x', 5000) WHERE id = 1".formatted(TABLE), IS_HASH),
						Writer.of("deletes", "DELETE FROM %s WHERE id = 1".formatted(TABLE), IS_HASH)),
				AddHashColumnIntegrationTests::writes, AddHashColumnIntegrationTests::writes));

	private final TestDatabase db;

	AddHashColumnIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void endsAsAPlainMigrationHoweverOftenTheApplicationCrashes() {
		try (TestDatabase plain = TestDatabase.create()) {
			Proof.of(SCENARIO).endsAsAPlainMigration(this.db, plain, 7);
		}
	}

	@Test
	void isRolledBackWithoutATraceWhereverItIs() {
		Proof.of(SCENARIO).rollsBackAnywhere(this.db);
	}

	@Test
	void isComputedInEveryOrderOfStatements() {
		EveryOrderProof.of(SCENARIO).holds(this.db);
	}

	@Test
	void isComputedAfterARandomHistory() {
		Proof.of(SCENARIO).endsEqualAfterARandomHistory(this.db, 7);
	}

	private static List<String> writes(Random random) {
		int id = 1 + random.nextInt(300);
		return List.of(random.nextBoolean()
				? "INSERT INTO %s VALUES (%d, 'n', repeat('-', 1500)) ON CONFLICT DO NOTHING".formatted(TABLE, id)
				: "UPDATE %s SET \"Mail\" = 'm%d' WHERE id = %d".formatted(TABLE, random.nextInt(9), id));
	}

	@Test
	void isWrittenInYamlOnceItIsInTheCatalog() {
		ChangeFile file = new ChangeFile("db/evolution/V1__hash.yaml", """
				operations:
				- addHashColumn: { table: customer, column: mail, into: hash }
				""");
		ChangeReader reader = new ChangeReader(Operations.catalog().with(AddHashColumn.class));
		assertThat(reader.read(List.of(file)).get(0).change().operations())
			.containsExactly(AddHashColumn.of("customer", "mail", "hash"));
	}

	@Test
	void isRefusedForWhatHasNoHash() {
		this.db.execute("CREATE TABLE customer (id int PRIMARY KEY)");
		Change change = Change.version("1", "hash").operation(AddHashColumn.of("customer", "id", "hash")).build();
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, change).start())
			.withMessageContaining(
					"Column public.customer.id has no hash: ERROR: function convert_to(integer, unknown)");
	}

}
