package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.change.PlanCompiler;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.schema.JdbcCatalog;
import dev.concertina.schema.Schema;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RefusedTablesIntegrationTests {

	private final TestDatabase db;

	RefusedTablesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void refusesATableThatOthersInheritFrom() {
		this.db.execute("CREATE TABLE person (id bigint PRIMARY KEY, mail text)",
				"CREATE TABLE customer (discount int) INHERITS (person)");
		assertRefused("public.person is no heap table, or other tables inherit from it");
	}

	@Test
	void refusesAView() {
		this.db.execute("CREATE TABLE customer (id bigint PRIMARY KEY, mail text)",
				"CREATE VIEW person AS SELECT * FROM customer");
		assertRefused("public.person is no heap table, or other tables inherit from it");
	}

	private void assertRefused(String problem) {
		Definition definition = Definition
			.of(Change.version("1", "rename").operation(RenameColumn.of("person", "mail", "email")).build());
		Schema schema = Schema.of(new JdbcCatalog(new JdbcTemplate(this.db.dataSource())));
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> PlanCompiler.compile(definition, schema))
			.withMessageContaining(problem);
	}

}
