package dev.concertina.change;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.operation.AddColumn;
import dev.concertina.operation.RenameColumn;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.schema.TableName;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class WriteNotesIntegrationTests {

	private static final TableName TABLE = new TableName("odd", "Big \"Table\"");

	private static final Operation RENAME = RenameColumn.of(TABLE.quoted(), "mail", "email");

	private final TestDatabase db;

	WriteNotesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE SCHEMA odd",
				"CREATE TABLE %s (id bigint, mail text, note text) PARTITION BY RANGE (id)".formatted(TABLE.quoted()),
				"CREATE TABLE odd.part PARTITION OF %s FOR VALUES FROM (0) TO (100)".formatted(TABLE.quoted()),
				"CREATE FUNCTION odd.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
	}

	@Test
	void nothingIsToldOfATableThatNobodyWatches() {
		assertThat(notes(RENAME)).isEmpty();
	}

	@Test
	void namesEachTriggerThatTheBackfillFires() {
		trigger("touch", "BEFORE UPDATE", TABLE.quoted(), "ROW");
		trigger("audit", "AFTER INSERT OR UPDATE OF note, mail", "odd.part", "ROW");
		trigger("count", "AFTER UPDATE", TABLE.quoted(), "STATEMENT");
		trigger("greet", "AFTER INSERT", "odd.part", "ROW");
		trigger("mourn", "AFTER DELETE", "odd.part", "ROW");
		trigger("asleep", "AFTER UPDATE", "odd.part", "ROW");
		this.db.execute("ALTER TABLE odd.part DISABLE TRIGGER asleep");
		assertThat(notes(RENAME)).containsExactly(
				"The backfill fires triggers of odd.Big \"Table\", as any write does: audit (UPDATE OF mail, note), count, touch. With 'userTriggers: bypass' it would not.");
	}

	@Test
	void namesOfTriggersThatAreBypassedOnlyThoseThatFireForReplicas() {
		trigger("touch", "BEFORE UPDATE", TABLE.quoted(), "ROW");
		assertThat(notes(UserTriggers.BYPASS, RENAME)).isEmpty();
		trigger("apply", "BEFORE UPDATE", "odd.part", "ROW");
		trigger("audit", "AFTER UPDATE", "odd.part", "ROW");
		this.db.execute("ALTER TABLE odd.part ENABLE REPLICA TRIGGER apply",
				"ALTER TABLE odd.part ENABLE ALWAYS TRIGGER audit");
		assertThat(notes(UserTriggers.BYPASS, RENAME)).containsExactly(
				"The backfill fires triggers of odd.Big \"Table\" that are enabled for replicas, though it bypasses the others: apply, audit.");
		assertThat(notes(RENAME)).singleElement().asString().contains(": audit, touch.");
	}

	@Test
	void namesThePublicationsOfTheTableAndOfItsPartitions() {
		this.db.execute("CREATE PUBLICATION whole FOR TABLE " + TABLE.quoted(),
				"CREATE PUBLICATION part FOR TABLE odd.part");
		assertThat(notes(RENAME)).singleElement()
			.asString()
			.startsWith(
					"odd.Big \"Table\" is published (part, whole): subscribers get each row that the backfill writes");
	}

	@Test
	void warnsOfRowLevelSecurity() {
		this.db.execute("ALTER TABLE %s ENABLE ROW LEVEL SECURITY".formatted(TABLE.quoted()));
		assertThat(notes(RENAME)).singleElement().asString().startsWith("odd.Big \"Table\" has row-level security");
	}

	@Test
	void saysNothingIfNoRowIsWritten() {
		trigger("touch", "BEFORE UPDATE", TABLE.quoted(), "ROW");
		this.db.execute("ALTER TABLE %s ENABLE ROW LEVEL SECURITY".formatted(TABLE.quoted()));
		assertThat(notes(AddColumn.of(TABLE.quoted(), "age", "int"))).isEmpty();
	}

	private void trigger(String name, String event, String table, String each) {
		this.db.execute("CREATE TRIGGER %s %s ON %s FOR EACH %s EXECUTE FUNCTION odd.touch()".formatted(name, event,
				table, each));
	}

	private List<String> notes(Operation operation) {
		return notes(UserTriggers.FIRE, operation);
	}

	private List<String> notes(UserTriggers userTriggers, Operation operation) {
		Change change = Change.version("1", "change").userTriggers(userTriggers).operation(operation).build();
		return PlanCompiler
			.compile(Definition.of(change), Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))))
			.notes();
	}

}
