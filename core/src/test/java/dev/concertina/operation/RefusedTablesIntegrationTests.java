package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

@PostgresTest
class RefusedTablesIntegrationTests {

	private static final Operation RENAME = RenameColumn.of("person", "mail", "email");

	private final TestDatabase db;

	RefusedTablesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void refusesATableThatOthersInheritFrom() {
		this.db.execute("CREATE TABLE person (id bigint PRIMARY KEY, mail text)",
				"CREATE TABLE customer (discount int) INHERITS (person)");
		assertRefused("public.person is no heap table");
	}

	@Test
	void refusesAView() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)",
				"CREATE VIEW person AS SELECT * FROM customer");
		assertRefused("public.person is no heap table");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text CHECK (value LIKE '%@%')", "text NOT NULL" })
	void refusesADomainThatMakesPostgresWriteEveryRowAnew(String definition) {
		this.db.execute("CREATE DOMAIN mail_text AS %s".formatted(definition), "CREATE DOMAIN mail AS mail_text",
				"CREATE TABLE person (id bigint PRIMARY KEY, mail mail)");
		assertRefused("Column public.person.email would be of the domain mail, which forbids some values");
		assertRefused("Column public.person.other would be of the domain mail_text",
				AddColumn.of("person", "other", "mail_text"));
	}

	@Test
	void takesADomainThatForbidsNothing() {
		this.db.execute("CREATE DOMAIN mail AS text", "CREATE TABLE person (id bigint PRIMARY KEY, mail mail)");
		Plan plan = compile(RENAME);
		assertThat(plan.steps(Phase.EXPAND)).hasSize(1);
	}

	private void assertRefused(String problem) {
		assertRefused(problem, RENAME);
	}

	private void assertRefused(String problem, Operation operation) {
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(() -> compile(operation))
			.withMessageContaining(problem);
	}

	private Plan compile(Operation operation) {
		Definition definition = Definition.of(Change.version("1", "change").operation(operation).build());
		Schema schema = Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource())));
		return PlanCompiler.compile(definition, schema);
	}

}
