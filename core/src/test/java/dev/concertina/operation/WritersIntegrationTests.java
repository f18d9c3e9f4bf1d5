package dev.concertina.operation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class WritersIntegrationTests {

	private final TestDatabase db;

	private final String role;

	WritersIntegrationTests(TestDatabase db) {
		this.db = db;
		this.role = "clerk_of_" + db.name();
	}

	@BeforeEach
	void createRole() {
		this.db.execute("CREATE ROLE " + this.role);
	}

	@AfterEach
	void dropRole() {
		this.db.execute("DROP OWNED BY " + this.role, "DROP ROLE " + this.role);
	}

	@ParameterizedTest
	@EnumSource
	void needNoRightsButThoseOnTheTableTheyWriteWhateverItsPoliciesAre(Example example) {
		example.createTable(this.db);
		this.db.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON line TO " + this.role,
				"ALTER TABLE line ENABLE ROW LEVEL SECURITY",
				"CREATE POLICY of_clerk ON line TO %s USING (id < 1000)".formatted(this.role));
		Change change = example.change();
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		this.db.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM " + this.role,
				"GRANT SELECT, INSERT, UPDATE, DELETE ON line TO " + this.role);
		Session clerk = this.db.session("clerk").execute("SET ROLE " + this.role);
		write(clerk, example, "line");
		assertGoesThrough(application, change);
	}

	@ParameterizedTest
	@EnumSource
	void mayHaveAnySearchPath(Example example) {
		example.createTable(this.db);
		this.db.execute("CREATE SCHEMA other", "CREATE TABLE other.line (id text)", "CREATE TABLE other.item (id text)",
				"CREATE FUNCTION other.upper(text) RETURNS text LANGUAGE sql AS $$SELECT 'wrong'$$",
				"CREATE FUNCTION other.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$SELECT '%s'$$"
					.formatted(example.change().id()),
				"CREATE OPERATOR other.*<> (LEFTARG = record, RIGHTARG = record, FUNCTION = pg_catalog.record_image_eq)",
				"CREATE OPERATOR other.*= (LEFTARG = record, RIGHTARG = record, FUNCTION = pg_catalog.record_image_ne)");
		Change change = example.change();
		Application application = Halt.IN_THE_BACKFILL.bring(change, this.db);
		write(this.db.session("empty").execute("SET search_path = ''"), example, "public.line");
		write(this.db.session("other").execute("SET search_path = other, pg_catalog"), example, "public.line");
		assertGoesThrough(application, change);
	}

	private static void write(Session session, Example example, String table) {
		String value = (example == Example.EXTRACT_JSON_ARRAY) ? "items = items || items" : "price = price + 1";
		session.execute("UPDATE %s SET %s WHERE id IN (1, 2, 199, 200)".formatted(table, value))
			.execute("DELETE FROM %s WHERE id = 3".formatted(table))
			.execute("INSERT INTO %s (id) VALUES (3)".formatted(table));
	}

	private static void assertGoesThrough(Application application, Change change) {
		application.concertina().steering().resume(change.id(), "test");
		assertThat(application.run(change).status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
	}

}
