package dev.concertina.operation;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.plan.Plan;
import dev.concertina.plan.TableLock;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RefusedObjectsIntegrationTests {

	private static final String ATOMIC = "CREATE FUNCTION one() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END";

	private final TestDatabase db;

	RefusedObjectsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.db.execute(
				"CREATE TABLE person (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL, note text DEFAULT 'n')",
				"CREATE TABLE visit (person_id int REFERENCES person, number serial)",
				"CREATE VIEW mails AS SELECT mail FROM person",
				"CREATE VIEW upper_mails AS SELECT upper(mail) AS mail FROM mails",
				"CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one",
				"CREATE FUNCTION shout(word text, mark text DEFAULT '!') RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT word || mark'",
				"CREATE VIEW shouted AS SELECT shout(mail) FROM person", "CREATE SEQUENCE lone",
				"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
				"CREATE TRIGGER tr BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION f()",
				"CREATE TABLE ticket (nr int GENERATED ALWAYS AS IDENTITY)",
				"CREATE TABLE part_of (day date) PARTITION BY RANGE (day)",
				"CREATE TABLE a_part PARTITION OF part_of DEFAULT",
				"CREATE TRIGGER on_part BEFORE UPDATE ON a_part FOR EACH ROW EXECUTE FUNCTION f()");
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource
	void refuses(Supplier<Operation> operation, String problem) {
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> compile(operation.get()))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	static Stream<Arguments> refuses() {
		return Stream.of(
				on(() -> SetDefault.of("person", "id", "1"),
						"Column public.person.id is filled by PostgreSQL itself (IDENTITY)"),
				on(() -> SetDefault.of("person", "note", "mail"), "'default: mail' does not compile"),
				on(() -> DropDefault.of("person", "mail"), "Column public.person.mail has no default"),
				on(() -> DropNotNull.of("person", "note"), "Column public.person.note accepts NULL already"),
				on(() -> DropNotNull.of("person", "id"), "Column public.person.id is part of the primary key"),
				on(() -> DropNotNull.of("ticket", "nr"), "Column public.ticket.nr is an identity"),
				on(() -> DropNotNull.of("a_part", "day"), "public.a_part is no ordinary or partitioned table"),
				on(() -> DropColumn.of("a_part", "day"), "public.a_part is no ordinary or partitioned table"),
				on(() -> DropColumn.of("person", "mail"), "because of: rule _RETURN on view mails"),
				on(() -> DropColumn.of("person", "id"),
						"because the foreign key visit_person_id_fkey of public.visit refers to it"),
				on(() -> DropColumn.of("person", "note").filledBy("mail"),
						"has a value in rows that are inserted without it"),
				on(() -> DropColumn.of("visit", "person_id").filledBy("person_id + 1"),
						"'down: person_id + 1' does not compile"),
				on(() -> DropColumn.of("visit", "person_id").filledBy("nothing"), "'down: nothing' does not compile"),
				on(() -> SetComment.of("mails", "text"), "public.mails is no ordinary or partitioned table"),
				on(() -> SetComment.of("person", "nobody", "text"), "has no column nobody"),
				on(() -> CreateTable.of("mails", TableColumn.of("a", "int")), "The name public.mails is taken"),
				on(() -> CreateTable.of("lone", TableColumn.of("a", "int")), "The name public.lone is taken"),
				on(() -> CreateTable.of("nowhere.t", TableColumn.of("a", "int")), "There is no schema for nowhere.t"),
				on(() -> CreateTable.of("t"), "Table public.t would have no column"),
				on(() -> CreateTable.of("t", TableColumn.of("a", "int"), TableColumn.of("a", "int")), "two columns a"),
				on(() -> CreateTable.of("t", TableColumn.of("id", "int")).withConventions(TableConvention.ID),
						"two columns id"),
				on(() -> CreateTable.of("t", TableColumn.of("a", "int")).withPrimaryKey("b"), "has no column b"),
				on(() -> CreateTable.of("t", TableColumn.of("a", "int"))
					.withPrimaryKey("a")
					.withConventions(TableConvention.ID), "two primary keys"),
				on(() -> CreateTable.of("t", TableColumn.of("a", "bigserial")), "There is no type bigserial"),
				on(() -> CreateTable.of("t", TableColumn.of("a", "json")).withPrimaryKey("a"),
						"has no default operator class"),
				on(() -> DropTable.of("person"),
						"constraint visit_person_id_fkey on table visit; rule _RETURN on view mails"),
				on(() -> DropTable.of("a_part"), "public.a_part is no ordinary or partitioned table"),
				on(() -> RenameTable.of("person", "visit"), "The name public.visit is taken"),
				on(() -> RenameTable.of("person", "pg_catalog.customer"), "is in another schema than public.person"),
				on(() -> RenameTable.of("mails", "letters"), "public.mails is no ordinary or partitioned table"),
				on(() -> CreateView.of("v", "SELECT nothing FROM person"), "column \"nothing\" does not exist"),
				on(() -> CreateView.of("v", "SELECT 1 AS one; DROP TABLE visit"), "a ';', which would end it"),
				on(() -> CreateView.of("v", "SELECT 1 AS one BEGIN ATOMIC; DROP TABLE visit; END"),
						"a ';', which would end it"),
				on(() -> ReplaceView.of("mails", "SELECT mail FROM person; DROP TABLE visit"),
						"a ';', which would end it"),
				on(() -> CreateView.of("person", "SELECT 1 AS one"), "The name public.person is taken"),
				on(() -> ReplaceView.of("person", "SELECT 1 AS one"), "There is no view person"),
				on(() -> ReplaceView.of("stored", "SELECT 1 AS one"), "which has one query for ever"),
				on(() -> ReplaceView.of("upper_mails", "SELECT 1 AS mail"),
						"Column 1 of view public.upper_mails is mail text"),
				on(() -> ReplaceView.of("mails", "SELECT mail AS letter FROM person"),
						"Column 1 of view public.mails is mail text"),
				on(() -> ReplaceView.of("mails", "SELECT FROM person"), "Column 1 of view public.mails is mail text"),
				on(() -> ReplaceView.of("mails", "SELECT mail, id FROM person"),
						"could not be taken back, because of: rule _RETURN on view upper_mails"),
				on(() -> DropView.of("mails"),
						"View public.mails can't be dropped, because of: rule _RETURN on view upper_mails"),
				on(() -> DropView.of("visit"), "There is no view visit"),
				on(() -> CreateSequence.of("s").withType("text"), "sequence type must be smallint, integer, or bigint"),
				on(() -> DropSequence.of("visit_number_seq"), "column number of table visit"),
				on(() -> DropSequence.of("person"), "There is no sequence person"),
				on(() -> CreateFunction.of("SELECT 1"), "The definition makes 0 functions"),
				on(() -> CreateFunction
					.of("CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 1 -- BEGIN ATOMIC'; DROP TABLE visit"),
						"a ';', which would end it"),
				on(() -> CreateFunction.of(ATOMIC + "; DROP TABLE visit"), "a ';', which would end it"),
				on(() -> CreateFunction.of(ATOMIC + " BEGIN ATOMIC SELECT 1; END"),
						"syntax error at or near \"BEGIN\""),
				on(() -> CreateFunction.of("CREATE FUNCTION half() RETURNS int BEGIN ATOMIC SELECT 1;"),
						"a BEGIN ATOMIC without END"),
				on(() -> CreateFunction
					.of("CREATE FUNCTION label() RETURNS int BEGIN ATOMIC SELECT 1 AS case; END; DROP TABLE visit; SELECT 1 AS end"),
						"cannot insert multiple commands"),
				on(() -> CreateFunction.of("CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELECT nothing'"),
						"column \"nothing\" does not exist"),
				on(() -> CreateFunction
					.of("CREATE OR REPLACE FUNCTION shout(word text DEFAULT 'a', mark text DEFAULT '!') RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT word'"),
						"could not be brought back: ERROR: cannot remove parameter defaults"),
				on(() -> DropFunction.of("shout(text, text)"), "because of: rule _RETURN on view public.shouted"),
				on(() -> DropFunction.of("shout"), "There is no function shout"),
				on(() -> DropFunction.of("f(nonsense)"), "There is no function f(nonsense)"),
				on(() -> CreateTrigger.of("person", "tr", "BEFORE UPDATE", "EXECUTE FUNCTION f()"),
						"has a trigger tr already"),
				on(() -> CreateTrigger.of("person", "zzz_late", "BEFORE UPDATE", "EXECUTE FUNCTION f()"),
						"would fire after those that keep columns in step"),
				on(() -> CreateTrigger.of("person", "a", "BEFORE UPDATE", "EXECUTE FUNCTION g()"),
						"function g() does not exist"),
				on(() -> CreateTrigger.of("person", "a", "BEFORE UPDATE OF nothing", "EXECUTE FUNCTION f()"),
						"column \"nothing\""),
				on(() -> CreateTrigger.of("person", "a", "BEFORE UPDATE ON visit EXECUTE FUNCTION f(); SELECT", ""),
						"a ';', which would end it"),
				on(() -> CreateTrigger.of("person", "a", "BEFORE UPDATE", "EXECUTE FUNCTION f(); DROP TABLE visit"),
						"a ';', which would end it"),
				on(() -> CreateTrigger.of("a_part", "a", "BEFORE UPDATE", "EXECUTE FUNCTION f()"),
						"public.a_part is no ordinary or partitioned table"),
				on(() -> DropTrigger.of("a_part", "on_part"), "public.a_part is no ordinary or partitioned table"),
				on(() -> DropTrigger.of("person", "nobody"), "Table public.person has no trigger nobody"),
				on(() -> new Sql(List.of(), null, List.of(), null, List.of()), "There is no SQL for any phase"),
				on(() -> Sql.expanding(SqlStep.irreversible("SELECT 1")),
						"can't be run at the expand: it is irreversible"),
				on(() -> Sql.expanding(SqlStep.of("SELECT 1", "SELECT 2").concurrently("SELECT 3")),
						"it is concurrent"),
				on(() -> Sql.expanding(
						new SqlStep("SELECT 1", null, false, List.of(), TableLock.Mode.ACCESS_EXCLUSIVE, false, null)),
						"Nothing is said about what takes 'SELECT 1' back"));
	}

	@Test
	void needsAValueForAColumnThatIsNoLongerWritten() {
		this.db.execute("ALTER TABLE visit ADD place text NOT NULL");
		assertThatExceptionOfType(ConcertinaException.class).isThrownBy(() -> compile(DropColumn.of("visit", "place")))
			.withMessageContaining("Column public.visit.place forbids NULL and has no default");
	}

	@Test
	void refusesToFillAColumnBeforeATriggerThatFiresLater() {
		this.db.execute("CREATE TRIGGER zzzz BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION f()");
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> compile(DropColumn.of("visit", "person_id").filledBy("1")))
			.withMessageContaining("would fire after the one that keeps person_id in step");
	}

	@Test
	void refusesASecondOperationOnATableThatIsRenamedOrDropped() {
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> compile(SetDefault.of("visit", "person_id", "1"), DropTable.of("visit")))
			.withMessageContaining("Two operations of one change are about table public.visit");
		assertThatExceptionOfType(ConcertinaException.class)
			.isThrownBy(() -> compile(RenameTable.of("visit", "call"), SetDefault.of("visit", "person_id", "1")))
			.withMessageContaining("There is no table visit");
	}

	@Test
	void leavesNothingOfWhatItTriesOut() {
		compile(CreateTable.of("fresh").withConventions(TableConvention.ID, TableConvention.UPDATED_AT),
				CreateView.of("fresh_ids", "SELECT id FROM fresh"), CreateSequence.of("s"), CreateFunction
					.of("CREATE OR REPLACE FUNCTION shout(word text, mark text DEFAULT '!') RETURNS text LANGUAGE sql AS 'SELECT mark'"));
		assertThat(this.db.jdbc()
			.sql("SELECT to_regclass('fresh') IS NULL AND to_regclass('s') IS NULL AND shout('a') = 'a!'")
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void saysWhatGoesWithAColumn() {
		assertThat(compile(DropColumn.of("visit", "person_id"), DropColumn.of("visit", "number")).notes())
			.containsExactly("Foreign key visit_person_id_fkey of public.visit is dropped with column person_id.",
					"Sequence public.visit_number_seq is dropped with column number.");
	}

	private static Arguments on(Supplier<Operation> operation, String problem) {
		return Arguments.of(operation, problem);
	}

	private Plan compile(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		Stream.of(operations).forEach(change::operation);
		return PlanCompiler.compile(Definition.of(change.build()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

}
