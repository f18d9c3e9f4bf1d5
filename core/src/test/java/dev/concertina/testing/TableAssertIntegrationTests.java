package dev.concertina.testing;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class TableAssertIntegrationTests {

	private static final String TOUCH = """
			CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
			CREATE TRIGGER touch BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch()""";

	private final TestDatabase db;

	TableAssertIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE customer (id int, obsolete text, mail text)",
				"ALTER TABLE customer DROP COLUMN obsolete");
	}

	@Test
	void knowsColumnsAndRows() {
		this.db.withRows("customer", 12, "n, 'mail ' || n");

		assertThat(this.db.table("public.customer")).hasColumns("mail", "id").hasRowCount(12).hasNoTrigger();
		assertThat(this.db.table("customer_old")).doesNotExist();
	}

	@Test
	void namesTheColumnsThatDiffer() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.db.table("customer")).hasColumns("id", "email"))
			.withMessageContaining("columns of customer")
			.withMessageContaining("email");
	}

	@Test
	void findsTriggers() {
		this.db.execute(TOUCH);

		assertThat(this.db.table("customer")).hasTriggers("touch");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.db.table("customer")).hasNoTrigger());
	}

}
