package dev.concertina.operation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class UserTriggersIntegrationTests {

	private static final String ROUND = """
			CREATE FUNCTION round_price() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
			  NEW.price := round(NEW.price);
			  RETURN NEW;
			END $$""";

	private static final String TRIGGER = """
			CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON line FOR EACH ROW EXECUTE FUNCTION round_price()""";

	private final TestDatabase db;

	UserTriggersIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createFunction() {
		this.db.execute(ROUND);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "EXTRACT_JSON_ARRAY")
	void areRefusedByNameIfTheyWouldFireAfterOurs(Example example) {
		example.createTable(this.db);
		this.db.execute(TRIGGER.formatted("zzzz_round"));
		Application application = Application.of(this.db, example.change());
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContainingAll("[zzzz_round]", "line");
	}

	@ParameterizedTest
	@EnumSource(names = { "RENAME_COLUMN", "CHANGE_COLUMN_TYPE" })
	void keepBothSidesEqualThoughTheyChangeTheColumn(Example example) {
		example.createTable(this.db);
		this.db.execute(TRIGGER.formatted("a_round"));
		Change change = example.change();
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		this.db.execute("INSERT INTO line (id, price) VALUES (301, 55.4)",
				"UPDATE line SET price = 55.4 WHERE id IN (1, 200)", "UPDATE line SET pad = 'x' WHERE id IN (2, 199)");
		application.concertina().steering().resume(change.id(), "test");
		application.run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
		this.db.execute("UPDATE line SET price = 56.6 WHERE id = 50", "UPDATE line SET pad = 'y' WHERE id = 51",
				"INSERT INTO line (id, price) VALUES (302, 1.1)");
		application.concertina().steering().verify(change.id(), "test");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(this.db.jdbc().sql("SELECT trim_scale(price) FROM line WHERE id = 301").query(String.class).single())
			.isEqualTo("55");
	}

	@Test
	void mayWriteARowOnceMoreThatIsCarriedToAnotherTable() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, items jsonb, street text, city text)",
				"CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.city = 'once' THEN "
						+ "UPDATE t SET items = '[{\"sku\": \"again\"}]', city = 'again' WHERE id = NEW.id; END IF; RETURN NULL; END $$",
				"CREATE TRIGGER again AFTER INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION again()",
				"INSERT INTO t VALUES (1, '[{\"sku\": \"S1\"}]', 's', 'c')");
		Change change = Change.version("1", "change")
			.operation(ExtractJsonArray.of("t", "items", "item", "t_id", "n", JsonField.of("sku", "text")))
			.operation(SplitTable.of("t", "address", "street", "city"))
			.build();
		Application application = Application.of(this.db, change).start().run(change);
		this.db.execute("UPDATE t SET items = '[]', city = 'once' WHERE id = 1",
				"INSERT INTO t VALUES (2, '[]', 's', 'once')");
		application.concertina().steering().verify(change.id(), "test");
		assertThat(application.run(change).status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
		assertThat(this.db.jdbc()
			.sql("SELECT sku FROM item UNION ALL SELECT city FROM address")
			.query(String.class)
			.list()).containsExactly("again", "again", "again", "again");
	}

	@Test
	void mayFireAfterOursForEachStatement() {
		Example.RENAME_COLUMN.createTable(this.db);
		this.db.execute("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
				"CREATE TRIGGER zzzz_note AFTER UPDATE ON line FOR EACH STATEMENT EXECUTE FUNCTION note()");
		Change change = Example.RENAME_COLUMN.change();
		assertThat(Application.of(this.db, change).start().run(change).status(change).state())
			.isEqualTo(State.running(Phase.CONTRACT));
	}

}
