package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can't be partitioned, and why.
 */
@PostgresTest
class RefusedPartitionsIntegrationTests {

	private static final PartitionTable BY_MONTH = PartitionTable.byRange("t", "day", PartitionPeriod.MONTH,
			"2026-01-15", 2);

	private final TestDatabase db;

	RefusedPartitionsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.db.execute("CREATE TABLE t (id bigint, day date, other date, size int, PRIMARY KEY (id, day))");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CREATE UNIQUE INDEX twice ON t (size)                                     | index twice, which is unique without column day
					ALTER TABLE t ADD CONSTRAINT twice UNIQUE (size)                          | index twice, which is unique without column day
					ALTER TABLE t ADD CONSTRAINT late UNIQUE (size, day) DEFERRABLE           | index late, which is that of a deferrable constraint
					ALTER TABLE t ADD CONSTRAINT apart EXCLUDE USING gist (int4range(size, size) WITH &&) | index apart, which excludes more than equal values
					ALTER TABLE t ADD CONSTRAINT few CHECK (size > 0) NOT VALID               | constraint few, which is not valid
					ALTER TABLE t ADD CONSTRAINT few CHECK (size > 0) NO INHERIT              | constraint few, which is not inherited
					ALTER TABLE t ADD CONSTRAINT me FOREIGN KEY (id, other) REFERENCES t      | constraint me, which refers to the table itself
					CREATE TABLE child (id bigint, day date, CONSTRAINT up FOREIGN KEY (id, day) REFERENCES t) | constraint up on table child
					CREATE VIEW seen AS SELECT id FROM t                                      | view seen
					ALTER TABLE t ENABLE ROW LEVEL SECURITY                                   | row-level security
					ALTER TABLE t REPLICA IDENTITY FULL                                       | its replica identity
					CREATE PUBLICATION sent FOR TABLE t                                       | publication sent
					CREATE RULE no AS ON DELETE TO t DO INSTEAD NOTHING                       | rule no on table t
					ALTER TABLE t SET UNLOGGED                                                | that it is unlogged or temporary
					""")
	void refusesWhatAPartitionedTableCantTakeOver(String statement, String obstacle) {
		this.db.execute(statement);
		assertRefused(BY_MONTH, obstacle);
	}

	@Test
	void refusesTriggersThatAPartitionedTableCantHave() {
		this.db.execute(
				"CREATE FUNCTION move() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.Day := now(); RETURN NEW; END'",
				"CREATE TRIGGER move BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION move()",
				"CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION move()",
				"CREATE TRIGGER many AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION move()");
		assertRefused(BY_MONTH, "trigger move, which may change day before a row is written");
		assertRefused(BY_MONTH, "trigger late, which is a constraint");
		assertRefused(BY_MONTH, "trigger many, which reads transition tables for each row");
	}

	@Test
	void refusesAKeyWithoutTheColumnUnlessItIsExtended() {
		assertRefused(PartitionTable.byHash("t", "size", 2), "The primary key [id, day] of public.t lacks column size");
		assertRefused(PartitionTable.byHash("t", "size", 2).withExtendedKey(), "Column public.t.size accepts NULL");
		this.db.execute("ALTER TABLE t ALTER size SET NOT NULL");
		assertThat(compile(PartitionTable.byHash("t", "size", 2).withExtendedKey()).notes())
			.anyMatch((note) -> note.contains("becomes [id, day, size]"));
	}

	@Test
	void refusesOtherTablesAndColumns() {
		this.db.execute("CREATE TABLE keyless (day date)", "CREATE TABLE parts (day date) PARTITION BY LIST (day)");
		assertRefused(PartitionTable.byHash("keyless", "day", 2), "Table public.keyless has no primary key");
		assertRefused(PartitionTable.byHash("parts", "day", 2), "public.parts is no ordinary table");
		assertRefused(PartitionTable.byRange("t", "id", PartitionPeriod.DAY, "2026-01-01", 1),
				"is bigint, and has no time");
		assertRefused(PartitionTable.byHash("t", "nothing", 2), "has no column nothing");
	}

	@Test
	void refusesWhatPostgresRefuses() {
		this.db.execute("CREATE TABLE t_2026_03 (id int)");
		assertRefused(BY_MONTH, "relation \"t_2026_03\" already exists");
		assertRefused(PartitionTable.byList("t", "day", ListPartition.of("a", "never")),
				"invalid input syntax for type date: \"never\"");
	}

	@Test
	void refusesASecondOperationOnTheTable() {
		assertRefused("Two operations of one change are about table public.t", SetNotNull.of("t", "size"), BY_MONTH);
		assertRefused("There is no table t", BY_MONTH, AddColumn.of("t", "more", "text"));
	}

	@Test
	void refusesKeysOfAnotherMethod() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> new PartitionTable(BY_MONTH.table(), PartitionMethod.LIST, BY_MONTH.column(),
					PartitionPeriod.DAY, null, null, BY_MONTH.partitions(), null, false))
			.withMessage("'every' is given, but the table is partitioned by LIST");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> PartitionTable.byRange("t", "day", PartitionPeriod.DAY, "2026-02-30", 1))
			.withMessageContaining("no day");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> PartitionTable.byHash("t", "day", 0))
			.withMessage("'modulus' is 0");
	}

	@Test
	void doesNotTakeThePlaceOfATableThatWasChangedMeanwhile() {
		this.db.execute("INSERT INTO t VALUES (1, '2026-01-01')");
		Change change = Change.version("1", "change").operation(BY_MONTH).build();
		Application application = Application.of(this.db, change).start();
		application.run(change);
		this.db.execute("ALTER TABLE t ADD COLUMN late text");
		application.contract(change);
		assertThat(application.status(change).state().status()).isEqualTo(Status.FAILED);
		assertThat(application.concertina().history(change.id()).toString())
			.contains("table public.t was changed while it was partitioned");
		this.db.execute("ALTER TABLE t DROP COLUMN late");
		application.concertina().steering().resume(change.id(), "test");
		application.run(change);
		assertThat(application.status(change).state().status()).isEqualTo(Status.COMPLETED);
	}

	private void assertRefused(Operation operation, String problem) {
		assertRefused(problem, operation);
	}

	private void assertRefused(String problem, Operation... operations) {
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> compile(operations))
			.withMessageContaining(problem);
	}

	private Plan compile(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		for (Operation operation : operations) {
			change.operation(operation);
		}
		return PlanCompiler.compile(Definition.of(change.build()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

}
