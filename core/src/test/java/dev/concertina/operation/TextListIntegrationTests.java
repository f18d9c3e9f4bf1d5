package dev.concertina.operation;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.Operation;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.proof.LivePlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class TextListIntegrationTests {

	private static final ListToTable TAGS = ListToTable.of("t", "tags", "--", "tag", "t_id", "n", "name", "text");

	private final TestDatabase db;

	TextListIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void makeATable() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, tags text, other char(9))",
				"INSERT INTO t VALUES (1, 'a--b'), (2, NULL)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "INSERT INTO tag VALUES (2, 1, '')", "INSERT INTO tag VALUES (1, 3, 'a--b')",
			"UPDATE tag SET name = 'b--c' WHERE n = 1", "INSERT INTO tag VALUES (2, 1, 'a-'), (2, 2, '-b')" })
	void refusesRowsThatWouldMakeAnotherList(String statement) {
		run();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> new JdbcTemplate(this.db.dataSource()).execute(statement))
			.withMessageContaining("can't be written as a list");
		assertThat(list(1)).isEqualTo("a--b");
	}

	@Test
	void takesEmptyPartsBesideOthers() {
		run();
		this.db.execute("INSERT INTO tag VALUES (1, 3, ''), (1, 4, 'd')");
		assertThat(list(1)).isEqualTo("a--b----d");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ALTER TABLE t RENAME tags TO x                            | has no column tags
			ALTER TABLE t ALTER tags TYPE char(9)                     | Column public.t.tags is character(9)
			ALTER TABLE t DROP CONSTRAINT t_pkey                      | has a primary key of 0 columns
			CREATE VIEW seen AS SELECT tags FROM t                    | view seen
			CREATE TABLE heir () INHERITS (t)                         | public.t is no heap table
			ALTER TABLE t ADD UNIQUE (tags); CREATE TABLE r (tags text REFERENCES t (tags)) | foreign key r_tags_fkey
			CREATE TABLE tag (id int)                                 | There is a table public.tag already
			""")
	void refusesWhatCantBecomeRows(String statement, String problem) {
		this.db.execute(statement);
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> compile(TAGS))
			.withMessageContaining(problem);
	}

	@Test
	void refusesASecondOperationOnTheText() {
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> compile(SetDefault.of("t", "tags", "'a'"), TAGS))
			.withMessageContaining("Two operations of one change are about column public.t.tags");
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> compile(TAGS, SetComment.of("t", "tags", "gone")))
			.withMessageContaining("has no column tags");
	}

	@Test
	void refusesAPartThatIsTooLongInsteadOfCuttingIt() {
		start(ListToTable.of("t", "tags", "--", "tag", "t_id", "n", "name", "varchar(3)"));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.db.execute("UPDATE t SET tags = 'long' WHERE id = 1"))
			.withMessageContaining("value too long");
	}

	@Test
	void findsWhatWasWrittenWithoutTriggers() {
		Change change = run();
		LivePlan plan = LivePlan.of(this.db, change.id());
		assertThat(plan.differences()).isEmpty();
		this.db.execute(
				"SET session_replication_role = replica; UPDATE t SET tags = 'a' WHERE id = 1; INSERT INTO tag VALUES (9, 1, 'lost'); RESET session_replication_role");
		assertThat(plan.differences()).containsExactlyInAnyOrder("1 of public.t is different",
				"9, 1 of public.tag is extra");
	}

	@Test
	void gathersStatisticsOfTheRows() {
		run();
		assertThat(this.db.jdbc()
			.sql("SELECT reltuples FROM pg_class WHERE oid = 'tag'::regclass")
			.query(Integer.class)
			.single()).isEqualTo(2);
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> ListToTable.of("t", "tags", "", "tag", "t_id", "n", "name", "text"))
			.withMessage("Nothing separates the elements of tags");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> ListToTable.of("t", "tags", ",", "tag", "n", "n", "name", "text"))
			.withMessageContaining("gets a column twice");
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> TAGS.withIndex("other"))
			.withMessage("Table tag has no column other to index");
	}

	private Change run() {
		Change change = Change.version("1", "change").operation(TAGS).build();
		Application.of(this.db, change).start().run(change);
		return change;
	}

	private void start(ListToTable operation) {
		Application.of(this.db, Change.version("1", "change").operation(operation).build()).start();
	}

	private void compile(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		List.of(operations).forEach(change::operation);
		PlanCompiler.compile(Definition.of(change.build()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

	private String list(int id) {
		return this.db.jdbc().sql("SELECT tags FROM t WHERE id = ?").param(id).query(String.class).single();
	}

}
