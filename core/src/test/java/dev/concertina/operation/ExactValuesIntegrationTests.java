package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes that the equality of a type does not see.
 */
@PostgresTest
class ExactValuesIntegrationTests {

	private final TestDatabase db;

	ExactValuesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "numeric | 1.0 | 1.00", "interval | 1 day | 24:00:00", "json | {} | { }",
			"jsonb | [1.0] | [1.00]" })
	void reachTheOtherColumn(String type, String before, String after) {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price %s)".formatted(type),
				"INSERT INTO line VALUES (1, '%1$s'), (2, '%1$s')".formatted(before));
		Change change = Change.version("1", "rename").operation(RenameColumn.of("line", "price", "amount")).build();
		Halt.AT_THE_GATE.bring(change, this.db);
		this.db.execute("UPDATE line SET price = '%s' WHERE id = 1".formatted(after),
				"UPDATE line SET amount = '%s' WHERE id = 2".formatted(after));
		assertThat(values("amount")).isEqualTo(values("price")).isEqualTo("%1$s %1$s".formatted(after));
	}

	@Test
	void reachTheRowsOfAnArray() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, items jsonb)",
				"INSERT INTO line VALUES (1, '[{\"price\": 1.0}]')");
		Change change = Change.version("1", "split")
			.operation(ExtractJsonArray.of("line", "items", "item", "line_id", "n", JsonField.of("price", "numeric")))
			.build();
		Application application = Halt.AT_THE_GATE.bring(change, this.db);
		this.db.execute("UPDATE line SET items = '[{\"price\": 1.00}]'");
		assertThat(this.db.jdbc().sql("SELECT price::text FROM item").query(String.class).single()).isEqualTo("1.00");
		this.db.execute("UPDATE item SET price = 1.000");
		assertThat(this.db.jdbc().sql("SELECT items::text FROM line").query(String.class).single())
			.isEqualTo("[{\"price\": 1.000}]");
		assertThat(application.contract(change).status(change).state().status().isFinal()).isTrue();
	}

	@Test
	void areComparedAsTheyAreStored() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price numeric)", "INSERT INTO line VALUES (1, 1.0)");
		Change change = Change.version("1", "rename").operation(RenameColumn.of("line", "price", "amount")).build();
		Application application = Halt.AT_THE_GATE.bring(change, this.db);
		this.db.execute("BEGIN; SET LOCAL session_replication_role = replica; UPDATE line SET amount = 1.00; COMMIT");
		application.concertina().steering().verify(change.id(), "test");
		assertThat(application.run(change).status(change).verify().different()).isEqualTo(1);
	}

	private String values(String column) {
		return this.db.jdbc()
			.sql("SELECT string_agg(%s::text, ' ' ORDER BY id) FROM line".formatted(column))
			.query(String.class)
			.single();
	}

}
