package dev.concertina.operation;

import java.util.List;
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
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.plan.Plan;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An operation knows what those before it in the same change do.
 */
@PostgresTest
class OneAfterAnotherIntegrationTests {

	private static final String TWICE = "Two operations of one change are about ";

	private static final CreateTable FRESH = CreateTable.of("fresh", TableColumn.of("a", "int"));

	private final TestDatabase db;

	OneAfterAnotherIntegrationTests(TestDatabase db) {
		this.db = db.execute(
				"CREATE TABLE person (id int PRIMARY KEY, mail text NOT NULL CONSTRAINT known CHECK (mail <> ''), note text DEFAULT 'n')",
				"CREATE TABLE visit (person_id int, at date)", "CREATE INDEX by_mail ON person (mail)",
				"CREATE VIEW mails AS SELECT 'm' AS mail");
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource
	void refuses(List<Operation> operations, String problem) {
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> compile(operations.toArray(Operation[]::new)))
			.withMessageContaining(problem);
	}

	static Stream<Arguments> refuses() {
		Operation renameMail = RenameColumn.of("person", "mail", "email");
		return Stream.of(on("The name public.fresh is taken", FRESH, FRESH),
				on("The name public.fresh is taken", CreateView.of("fresh", "SELECT 1 AS one"), FRESH),
				on("fresh.a is part of the primary key", FRESH.withPrimaryKey("a"), DropNotNull.of("fresh", "a")),
				on("fresh.id is filled by PostgreSQL itself", FRESH.withConventions(TableConvention.ID),
						SetDefault.of("fresh", "id", "1")),
				on(TWICE + "table public.visit", SetDefault.of("visit", "person_id", "1"),
						RenameTable.of("visit", "call")),
				on("There is no table visit", DropTable.of("visit"), SetDefault.of("visit", "person_id", "1")),
				on("has no column at", DropColumn.of("visit", "at"), SetComment.of("visit", "at", "gone")),
				on(TWICE + "column public.visit.person_id", SetDefault.of("visit", "person_id", "1"),
						DropColumn.of("visit", "person_id")),
				on(TWICE + "column public.person.note", SetDefault.of("person", "note", "'m'"),
						DropDefault.of("person", "note")),
				on(TWICE + "column public.person.mail", SetDefault.of("person", "mail", "'m'"),
						DropNotNull.of("person", "mail")),
				on(TWICE + "column public.person.mail", DropNotNull.of("person", "mail"),
						SetDefault.of("person", "mail", "'m'")),
				on(TWICE + "index public.by_mail", RenameIndex.of("by_mail", "mails"), DropIndex.of("by_mail")),
				on(TWICE + "column public.person.mail", DropIndex.of("by_mail"), renameMail),
				on(TWICE + "constraint known of public.person", RenameConstraint.of("person", "known", "said"),
						DropConstraint.of("person", "known")),
				on(TWICE + "column public.person.mail", DropConstraint.of("person", "known"), renameMail),
				on(TWICE + "constraint said of public.person", RenameConstraint.of("person", "known", "said"),
						AddCheck.of("person", "said", "id > 0")),
				on(TWICE + "index public.mails", RenameIndex.of("by_mail", "mails"),
						AddUnique.of("person", "note").withName("mails")),
				on(TWICE + "column public.person.mail", AddCheck.of("person", "said", "mail > 'a'"), renameMail),
				on(TWICE + "column public.person.mail", AddUnique.of("person", "mail"), renameMail),
				on(TWICE + "column public.visit.person_id", AddForeignKey.of("visit", "person_id", "person"),
						RenameColumn.of("visit", "person_id", "who")),
				on(TWICE + "column public.person.id", AddForeignKey.of("visit", "person_id", "person"),
						RenameColumn.of("person", "id", "key")),
				on(TWICE + "column public.visit.at", SetDefault.of("visit", "at", "'2026-01-01'"),
						AddPrimaryKey.of("visit", "at")),
				on(TWICE + "column public.visit.at", AddPrimaryKey.of("visit", "at"),
						RenameColumn.of("visit", "at", "day")),
				on("There is no table public.mails", DropView.of("mails"),
						ReplaceView.of("mails", "SELECT 'n' AS mail")),
				on("has the primary key []", DropConstraint.of("person", "person_pkey"),
						AddForeignKey.of("visit", "person_id", "person")),
				on("has the primary key [at] already", AddPrimaryKey.of("visit", "at"),
						AddPrimaryKey.of("visit", "person_id")));
	}

	@Test
	void letsAColumnByConventionAcceptNull() {
		Plan plan = compile(FRESH.withConventions(TableConvention.VERSION), DropNotNull.of("fresh", "version"));
		assertThat(plan.steps(Phase.EXPAND)).hasSize(2);
	}

	@Test
	void namesConventionsInAnyOrderAndTwice() {
		assertThat(FRESH.withConventions(TableConvention.VERSION, TableConvention.ID, TableConvention.VERSION))
			.isEqualTo(FRESH.withConventions(TableConvention.ID, TableConvention.VERSION));
	}

	private static Arguments on(String problem, Operation... operations) {
		return Arguments.of(List.of(operations), problem);
	}

	private Plan compile(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		List.of(operations).forEach(change::operation);
		return PlanCompiler.compile(Definition.of(change.build()),
				Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource()))));
	}

}
