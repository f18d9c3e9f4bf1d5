package dev.concertina.operation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A change is rolled back although somebody has taken away what it would take away.
 */
@PostgresTest
class TakenAwayByHandIntegrationTests {

	private final TestDatabase db;

	TakenAwayByHandIntegrationTests(TestDatabase db) {
		this.db = db.execute(
				"CREATE TABLE t (id int PRIMARY KEY, mail text NOT NULL CONSTRAINT known CHECK (mail <> ''))",
				"CREATE INDEX by_mail ON t (mail)", "CREATE VIEW mails AS SELECT mail FROM t",
				"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void isRolledBack(Operation operation, List<String> statements) {
		Change change = Change.version("1", "change").operation(operation).build();
		Application application = Application.of(this.db, change).start();
		this.db.execute(statements.toArray(String[]::new));
		application.concertina().steering().rollBack(change.id(), "ada", "wrong");
		assertThat(application.run(change).status(change).state().status()).isEqualTo(Status.ROLLED_BACK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "by_mail", "parts_mail" })
	void isCompletedWhereADropIsRepeated(String index) {
		this.db.execute("CREATE TABLE parts (mail text) PARTITION BY LIST (mail)",
				"CREATE INDEX parts_mail ON parts (mail)");
		Change change = Change.version("1", "change").operation(DropIndex.of(index)).build();
		Application application = Application.of(this.db, change).start();
		this.db.execute("DROP INDEX " + index);
		assertThat(application.contract(change).status(change).state().status()).isEqualTo(Status.COMPLETED);
	}

	static Stream<Arguments> isRolledBack() {
		String dropTable = "DROP TABLE t CASCADE";
		return Stream.of(
				on(CreateTable.of("fresh", TableColumn.of("a", "int")).withConventions(TableConvention.UPDATED_AT),
						"DROP TABLE fresh", "DROP FUNCTION fresh_set_updated_at"),
				on(RenameTable.of("t", "people"), "DROP VIEW people"), on(SetDefault.of("t", "mail", "'m'"), dropTable),
				on(DropNotNull.of("t", "mail"), dropTable),
				on(CreateView.of("fresh", "SELECT 1 AS one"), "DROP VIEW fresh"),
				on(ReplaceView.of("mails", "SELECT mail, id FROM t"), "DROP VIEW mails"),
				on(CreateFunction.of("CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'"), "DROP FUNCTION g"),
				on(CreateTrigger.of("t", "tr", "BEFORE UPDATE", "EXECUTE FUNCTION f()"), "DROP TRIGGER tr ON t"),
				on(CreateSequence.of("s"), "DROP SEQUENCE s"), on(RenameIndex.of("by_mail", "mail"), "DROP INDEX mail"),
				on(RenameConstraint.of("t", "known", "said"), dropTable));
	}

	private static Arguments on(Operation operation, String... statements) {
		return Arguments.of(operation, List.of(statements));
	}

}
