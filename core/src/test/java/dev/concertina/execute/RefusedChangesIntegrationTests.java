package dev.concertina.execute;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.failure.Problem;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.operation.AddColumn;
import dev.concertina.operation.ChangeColumnType;
import dev.concertina.operation.ExtractJsonArray;
import dev.concertina.operation.JsonField;
import dev.concertina.operation.RenameColumn;
import dev.concertina.operation.SetNotNull;
import dev.concertina.testing.Application;
import dev.concertina.testing.Memory;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@PostgresTest
class RefusedChangesIntegrationTests {

	private final TestDatabase db;

	RefusedChangesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTables() {
		this.db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, mail text NOT NULL, price numeric, items jsonb)",
				"CREATE TABLE customer (id bigint PRIMARY KEY, mail text UNIQUE, name text DEFAULT 'x')",
				"CREATE TABLE taken (id bigint PRIMARY KEY)", "ALTER TABLE customer ADD seen date",
				"CREATE VIEW mails AS SELECT mail, seen FROM customer");
		Application.of(this.db).start();
	}

	@Test
	void areToldWithAllTheirProblemsBeforeAnythingIsTouched() {
		Memory before = Memory.of(this.db);
		List<Problem> problems = problems(
				change("1", AddColumn.of("order", "total", "numeric"), AddColumn.of("orders", "total", "money2"),
						AddColumn.of("orders", "total", "numeric").filledBy("prise * 2"),
						AddColumn.of("orders", "mail", "text"), AddColumn.of("orders", "n", "int").withNotNull(),
						AddColumn.of("orders", "day", "date").withDefault("'yesteryear'::date")),
				change("2", RenameColumn.of("orders", "male", "email"), RenameColumn.of("orders", "mail", "price"),
						RenameColumn.of("mails", "mail", "email")),
				change("3",
						ChangeColumnType.of("orders", "price", "cents", "bigint", "price * 'a'::json", "cents / 100"),
						ChangeColumnType.of("customer", "name", "title", "text", "name", "title")),
				change("4", SetNotNull.of("orders", "mail"), SetNotNull.of("orders", "nothing")),
				change("5", array("items", "taken"), array("mail", "item")),
				change("6", RenameColumn.of("customer", "seen", "viewed")));
		assertThat(problems).extracting(Problem::where)
			.containsExactly("change 'c1', operation 1", "change 'c1', operation 2", "change 'c1', operation 3",
					"change 'c1', operation 4", "change 'c1', operation 5", "change 'c1', operation 6",
					"change 'c2', operation 1", "change 'c2', operation 2", "change 'c2', operation 3",
					"change 'c3', operation 1", "change 'c3', operation 2", "change 'c4', operation 1",
					"change 'c4', operation 2", "change 'c5', operation 1", "change 'c5', operation 2",
					"change 'c6', operation 1");
		assertThat(problems).extracting(Problem::action).noneMatch(String::isBlank);
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	@Test
	void nameWhatIsWrongAndWhatToDo() {
		assertThat(problems(change("1", AddColumn.of("order", "total", "numeric")))).singleElement()
			.hasToString("change 'c1', operation 1: There is no table order. Did you mean public.orders?");
		assertThat(problems(change("1", RenameColumn.of("orders", "male", "email")))).singleElement()
			.hasToString("change 'c1', operation 1: Table public.orders has no column male. "
					+ "Use one of [id, mail, price, items].");
		assertThat(
				problems(change("1", AddColumn.of("orders", "total", "numeric").filledBy("prise * 2"))).get(0).what())
			.contains("up: prise * 2", "does not compile", "prise");
		assertThat(problems(change("1", RenameColumn.of("customer", "mail", "email"))).get(0).what())
			.contains("public.customer.mail", "view mails");
	}

	@Test
	void keepEveryOtherPendingChangeFromRunning() {
		Memory before = Memory.of(this.db);
		problems(change("1", RenameColumn.of("orders", "mail", "email")),
				change("2", RenameColumn.of("nowhere", "mail", "email")));
		assertThat(Memory.of(this.db)).isEqualTo(before);
	}

	private List<Problem> problems(Change... changes) {
		Application application = Application.of(this.db, changes);
		return catchThrowableOfType(RefusedChangesException.class, application::start).problems();
	}

	private static Operation array(String column, String into) {
		return ExtractJsonArray.of("orders", column, into, "order_id", "n", JsonField.of("sku", "text"));
	}

	private static Change change(String version, Operation... operations) {
		Change.Builder change = Change.version(version, "c" + version);
		List.of(operations).forEach(change::operation);
		return change.build();
	}

}
