package dev.concertina.operation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Who may read and write the old structure may do so with the new one, as the new version
 * of an application runs with the role of the old one.
 */
@PostgresTest
class RightsIntegrationTests {

	private final TestDatabase db;

	private final String owner;

	private final String clerk;

	private final String editor;

	private final String reader;

	RightsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.owner = "owner_of_" + db.name();
		this.clerk = "clerk of " + db.name();
		this.editor = "editor_of_" + db.name();
		this.reader = "reader_of_" + db.name();
	}

	@BeforeEach
	void createTable() {
		this.db.execute(
				"CREATE ROLE %s; CREATE ROLE \"%s\"; CREATE ROLE %s; CREATE ROLE %s".formatted(this.owner, this.clerk,
						this.editor, this.reader),
				"CREATE TYPE state AS ENUM ('new', 'sent')", """
						CREATE TABLE t (id bigint PRIMARY KEY, items jsonb, city text, zip text, state state, name text,
						                address jsonb)""",
				"INSERT INTO t VALUES (1, '[{\"sku\": \"a\"}]', 'Rome', '1', 'new', 'Ada L', '{\"street\": \"x\"}')",
				"GRANT CREATE ON SCHEMA public TO " + this.owner, "ALTER TABLE t OWNER TO " + this.owner,
				"GRANT SELECT, INSERT, UPDATE, DELETE ON t TO \"%s\"".formatted(this.clerk),
				"GRANT SELECT (id, items, city, zip, state, name, address), UPDATE (id, items, city, zip, name, address) ON t TO "
						+ this.editor,
				"GRANT SELECT (id, items, city, zip, state), SELECT (name) ON t TO " + this.reader);
	}

	@AfterEach
	void dropRoles() {
		this.db.execute("REASSIGN OWNED BY %s TO CURRENT_USER".formatted(this.owner));
		for (String role : new String[] { this.owner, "\"" + this.clerk + "\"", this.editor, this.reader }) {
			this.db.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
		}
	}

	@Test
	void arriveAtTheTableOfAnArray() {
		expand(ExtractJsonArray.of("t", "items", "item", "t_id", "position", JsonField.of("sku", "text")));
		assertThat(owner("item")).isEqualTo(this.owner);
		for (Session writer : new Session[] { as("\"%s\"".formatted(this.clerk)), as(this.editor) }) {
			assertAllowed(writer, "UPDATE t SET id = id WHERE id = 1", "INSERT INTO item VALUES (1, 5, 'b')",
					"UPDATE item SET sku = 'c' WHERE position = 5", "DELETE FROM item WHERE position = 5",
					"SELECT FROM item");
		}
		assertAllowed(as(this.reader), "SELECT sku FROM item");
		assertRefused(as(this.reader), "DELETE FROM item", "INSERT INTO item VALUES (1, 6, 'b')");
	}

	@Test
	void arriveAtTheTableOfASplit() {
		expand(SplitTable.of("t", "address", "city", "zip"));
		assertThat(owner("address")).isEqualTo(this.owner);
		for (Session writer : new Session[] { as("\"%s\"".formatted(this.clerk)), as(this.editor) }) {
			assertAllowed(writer, "UPDATE t SET id = id WHERE id = 1", "DELETE FROM address WHERE id = 1",
					"INSERT INTO address VALUES (1, 'Oslo', '2')", "UPDATE address SET zip = '3' WHERE id = 1");
		}
		assertAllowed(as(this.reader), "SELECT city FROM address");
		assertRefused(as(this.reader), "UPDATE address SET zip = '3'");
	}

	@Test
	void letTheLabelsBeReadAndTheirOwnerChangeThem() {
		expand(EnumToLookup.of("t", "state", "status", "states"));
		assertThat(owner("states")).isEqualTo(this.owner);
		for (String role : new String[] { "\"%s\"".formatted(this.clerk), this.editor, this.reader }) {
			assertAllowed(as(role), "SELECT label, position FROM states", "SELECT status FROM t");
			assertRefused(as(role), "INSERT INTO states VALUES ('lost', 3)");
		}
		assertAllowed(as(this.owner), "INSERT INTO states VALUES ('lost', 3)");
		assertAllowed(as("\"%s\"".formatted(this.clerk)), "UPDATE t SET status = 'sent'");
	}

	@Test
	void arriveAtTheColumnsOfAnObjectAndOfASplit() {
		expand(ExtractJsonObject.of("t", "address", JsonField.of("street", "text")),
				SplitColumn.of("t", "name", "first || ' ' || last",
						NewColumn.of("first", "text", "split_part(name, ' ', 1)"),
						NewColumn.of("last", "text", "split_part(name, ' ', 2)")));
		assertAllowed(as(this.editor), "UPDATE t SET street = 'y', first = 'Bea', last = 'M' WHERE id = 1",
				"SELECT street, first, last FROM t");
		assertAllowed(as(this.reader), "SELECT first FROM t");
		assertRefused(as(this.reader), "SELECT street FROM t", "UPDATE t SET first = 'x'");
	}

	@Test
	void arriveAtAMergedColumnIfTheyAreThoseOnAllItIsMadeOf() {
		this.db.execute("REVOKE SELECT (zip) ON t FROM " + this.reader);
		expand(MergeColumns.of("t", NewColumn.of("place", "text", "zip || ' ' || city"),
				OldColumn.of("city", "split_part(place, ' ', 2)"), OldColumn.of("zip", "split_part(place, ' ', 1)")));
		assertAllowed(as(this.editor), "UPDATE t SET place = '5 Bern' WHERE id = 1", "SELECT place FROM t");
		assertRefused(as(this.reader), "SELECT place FROM t");
	}

	@Test
	void arriveAtARenamedAndARetypedColumn() {
		expand(RenameColumn.of("t", "name", "title"),
				ChangeColumnType.of("t", "zip", "code", "int", "zip::int", "code::text"));
		assertAllowed(as(this.editor), "UPDATE t SET title = 'x', code = 7 WHERE id = 1", "SELECT title, code FROM t");
		assertRefused(as(this.reader), "UPDATE t SET title = 'x'");
	}

	@Test
	void areNotNeededOnTheFunctionsOfTheTriggers() {
		this.db.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
		expand(RenameColumn.of("t", "name", "title"), AddColumn.of("t", "place", "text").filledBy("zip || city"));
		assertAllowed(as(this.editor), "UPDATE t SET name = 'x', city = 'Bern' WHERE id = 1");
		assertThat(this.db.jdbc().sql("SELECT title || place FROM t").query(String.class).single()).isEqualTo("x1Bern");
	}

	private void expand(Operation... operations) {
		Change.Builder change = Change.version("1", "change");
		for (Operation operation : operations) {
			change.operation(operation);
		}
		Change built = change.build();
		Application application = Application.of(this.db, built).start().run(built);
		assertThat(application.status(built).state()).as("%s", application.status(built))
			.isEqualTo(State.running(Phase.CONTRACT));
	}

	private Session as(String role) {
		return this.db.session(role + System.nanoTime()).execute("SET ROLE " + role);
	}

	private static void assertAllowed(Session session, String... statements) {
		for (String statement : statements) {
			session.execute(statement);
		}
	}

	private static void assertRefused(Session session, String... statements) {
		for (String statement : statements) {
			assertThatThrownBy(() -> session.execute(statement)).hasStackTraceContaining("permission denied");
		}
	}

	private String owner(String table) {
		return this.db.jdbc()
			.sql("SELECT tableowner FROM pg_tables WHERE tablename = ?")
			.param(table)
			.query(String.class)
			.single();
	}

}
