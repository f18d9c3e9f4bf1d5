package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class ParentKeyIntegrationTests {

	private final TestDatabase db;

	ParentKeyIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void mayChangeWhileRowsReferToIt() {
		Example.EXTRACT_JSON_ARRAY.createTable(this.db);
		Change change = Example.EXTRACT_JSON_ARRAY.change();
		Application application = Halt.AT_THE_GATE.bring(change, this.db);
		this.db.execute("UPDATE line SET id = 1001 WHERE id = 1");
		assertThat(this.db.jdbc()
			.sql("SELECT string_agg(line_id || ' ' || sku, ', ') FROM item WHERE line_id IN (1, 1001)")
			.query(String.class)
			.single()).isEqualTo("1001 S1");
		assertThat(foreignKey()).contains("DEFERRABLE INITIALLY DEFERRED");
		application.contract(change);
		assertThat(foreignKey()).endsWith("ON DELETE CASCADE");
	}

	private String foreignKey() {
		return CatalogDump.of(this.db).linesWith("item_line_id_fkey").get(0);
	}

}
