package dev.concertina.operation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class SecurityDefinerIntegrationTests {

	private final TestDatabase db;

	SecurityDefinerIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void expand() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, items jsonb)");
		Application
			.of(this.db, Change.version("1", "items")
				.operation(ExtractJsonArray.of("t", "items", "item", "t_id", "position", JsonField.of("sku", "text")))
				.build())
			.start();
	}

	@Test
	void runsNoTemporaryTypeOfAWriterWithTheRightsOfTheOwner() {
		Session writer = this.db.session("writer")
			.execute("CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (VALUE <> 'a')")
			.execute("INSERT INTO t VALUES (1, '[{\"sku\": \"a\"}]')");
		assertThat(writer.value("SELECT sku FROM item", String.class)).contains("a");
	}

	/** By a trigger of a table of their own they could write ours. */
	@Test
	void givesItsFunctionsToNobodyElse() {
		assertThat(this.db.jdbc()
			.sql("SELECT has_function_privilege('public', oid, 'EXECUTE') FROM pg_proc WHERE pronamespace = 'concertina'::regnamespace AND prosecdef")
			.query(Boolean.class)
			.list()).hasSize(4).containsOnly(false);
	}

}
