package dev.concertina.operation;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import dev.concertina.change.Change;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RenamedTableIntegrationTests {

	private final Change change = Change.version("1", "change").operation(RenameTable.of("person", "customer")).build();

	private final TestDatabase db;

	RenamedTableIntegrationTests(TestDatabase db) {
		this.db = db;
		this.db.execute(
				"CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text UNIQUE, note text DEFAULT 'n')");
	}

	@Test
	void takesEveryStatementByBothNamesUntilTheContract() {
		assertTakesEveryStatement("person");
		Application application = Application.of(this.db, this.change).start();
		assertTakesEveryStatement("person");
		assertTakesEveryStatement("customer");
		application.run(this.change);
		assertTakesEveryStatement("person");
		assertTakesEveryStatement("customer");
		application.contract(this.change);
		assertThat(application.status(this.change).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertTakesEveryStatement("customer");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.db.execute("SELECT FROM person"));
	}

	@Test
	void lacksByItsNewNameWhatTheNoteSays() {
		Application.of(this.db, this.change).start();
		for (String statement : List.of("TRUNCATE customer", "COPY customer TO STDOUT",
				"CREATE TABLE visit (id bigint REFERENCES customer)", "SELECT ctid FROM customer",
				"INSERT INTO customer (mail) VALUES ('m') ON CONFLICT ON CONSTRAINT person_mail_key DO NOTHING")) {
			assertThatExceptionOfType(DataAccessException.class).as(statement)
				.isThrownBy(() -> this.db.execute(statement));
		}
	}

	@Test
	void givesTheNewNameThePrivilegesOfTheOldOne() {
		this.db.execute("GRANT SELECT ON person TO pg_monitor", "GRANT UPDATE (note) ON person TO pg_monitor");
		Application.of(this.db, this.change).start();
		assertThat(this.db.jdbc()
			.sql("SELECT has_table_privilege('pg_monitor', 'customer', 'SELECT') AND has_column_privilege('pg_monitor', 'customer', 'note', 'UPDATE') AND NOT has_table_privilege('pg_monitor', 'customer', 'INSERT')")
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void hidesByTheNewNameTheRowsThatPoliciesHide() {
		this.db.execute("INSERT INTO person (mail) VALUES ('seen'), ('hidden')", "GRANT SELECT ON person TO pg_monitor",
				"ALTER TABLE person ENABLE ROW LEVEL SECURITY", "CREATE POLICY seen ON person USING (mail = 'seen')");
		if (this.db.majorVersion() < 15) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> Application.of(this.db, this.change).start())
				.withMessageContaining("has row-level security");
			return;
		}
		Application.of(this.db, this.change).start();
		this.db.execute(
				"BEGIN; CREATE TABLE kept (mail text); GRANT INSERT ON kept TO pg_monitor; SET LOCAL ROLE pg_monitor; INSERT INTO kept SELECT mail FROM customer; RESET ROLE; COMMIT");
		assertThat(this.db.jdbc().sql("SELECT mail FROM kept").query(String.class).list()).containsExactly("seen");
	}

	private void assertTakesEveryStatement(String name) {
		this.db.execute("TRUNCATE " + relation(), "INSERT INTO %s (mail) VALUES ('a'), ('b'), ('c')".formatted(name),
				"UPDATE %s SET note = 'updated' WHERE mail = 'a'".formatted(name),
				"DELETE FROM %s WHERE mail = 'b'".formatted(name),
				"INSERT INTO %s (mail) VALUES ('a') ON CONFLICT (mail) DO UPDATE SET note = EXCLUDED.note || '!'"
					.formatted(name),
				"BEGIN; SELECT mail FROM %1$s WHERE mail = 'a' FOR UPDATE; LOCK TABLE %1$s IN ROW EXCLUSIVE MODE; COMMIT"
					.formatted(name));
		assertThat(this.db.jdbc()
			.sql("SELECT mail || ' ' || note FROM %s ORDER BY mail".formatted(name))
			.query(String.class)
			.list()).containsExactly("a n!", "c n");
	}

	private String relation() {
		return this.db.jdbc()
			.sql("SELECT relname FROM pg_class WHERE relname IN ('person', 'customer') AND relkind = 'r'")
			.query(String.class)
			.single();
	}

}
