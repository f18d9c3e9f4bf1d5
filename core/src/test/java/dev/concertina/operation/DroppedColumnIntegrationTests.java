package dev.concertina.operation;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import dev.concertina.change.Change;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class DroppedColumnIntegrationTests {

	private final TestDatabase db;

	DroppedColumnIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void isFilledForTheOldVersionUntilItIsDropped() {
		this.db.execute("CREATE TABLE person (id bigint PRIMARY KEY, name text, shout text NOT NULL)");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.db.execute("INSERT INTO person VALUES (1, 'a')"));
		Change change = change(DropColumn.of("person", "shout").filledBy("upper(name)"));
		Application application = Application.of(this.db, change).start();
		this.db.execute("INSERT INTO person (id, name) VALUES (1, 'new')",
				"INSERT INTO person VALUES (2, 'old', 'given')", "UPDATE person SET name = 'newer' WHERE id = 1");
		assertThat(this.db.jdbc().sql("SELECT shout FROM person ORDER BY id").query(String.class).list())
			.containsExactly("NEW", "given");
		application.run(change).contract(change);
		this.db.execute("INSERT INTO person (id, name) VALUES (3, 'new')");
		assertThat(
				this.db.jdbc().sql("SELECT to_jsonb(p)::text FROM person p WHERE id = 3").query(String.class).single())
			.doesNotContain("shout");
	}

	@Test
	void keepsACopyInTheBackgroundFromCountingAsAnUpdate() {
		Change first = Change.version("1", "create")
			.operation(CreateTable.of("person", TableColumn.of("price", "int"))
				.withConventions(TableConvention.ID, TableConvention.UPDATED_AT))
			.build();
		Application.of(this.db, first).start().run(first);
		this.db.execute("INSERT INTO person (price, updated_at) VALUES (1, '2000-01-01'), (2, '2000-01-01')",
				"UPDATE person SET price = 3 WHERE id = 2");
		Change second = Change.version("2", "fill")
			.operation(AddColumn.of("person", "total", "int").filledBy("price * 2"))
			.build();
		Application.of(this.db, first, second).start().run(second);
		assertThat(this.db.jdbc()
			.sql("SELECT total || ' ' || (updated_at = '2000-01-01') FROM person ORDER BY id")
			.query(String.class)
			.list()).containsExactly("2 true", "6 false");
	}

	private static Change change(DropColumn operation) {
		return Change.version("1", "change").operation(operation).build();
	}

}
