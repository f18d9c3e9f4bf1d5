package dev.concertina.operation;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.change.UserTriggers;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.CatalogDump;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A copy that the triggers of users do not notice.
 */
@PostgresTest
class BypassedTriggersIntegrationTests {

	private static final String TOUCHED = "count(*) FILTER (WHERE version = 1)";

	private static final int GRANTABLE = 15;

	private final TestDatabase db;

	private final String role;

	BypassedTriggersIntegrationTests(TestDatabase db) {
		this.db = db;
		this.role = "migrator_of_" + db.name();
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE ROLE " + this.role, "CREATE TABLE kind (id bigint PRIMARY KEY)",
				"CREATE TABLE t (id bigint PRIMARY KEY, mail text, kind_id bigint REFERENCES kind, code text UNIQUE DEFERRABLE, version int DEFAULT 0)",
				"CREATE TABLE note (t_code bigint REFERENCES t)",
				"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.version := OLD.version + 1; RETURN NEW; END'",
				"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
				"INSERT INTO t (id, mail) SELECT n, 'm' || n FROM generate_series(1, 50) AS n");
	}

	@AfterEach
	void dropRole() {
		this.db.execute("REASSIGN OWNED BY %s TO CURRENT_USER".formatted(this.role), "DROP OWNED BY " + this.role,
				"DROP ROLE " + this.role);
	}

	@Test
	void fireUnlessTheyAreBypassed() {
		copy(change(UserTriggers.FIRE, RenameColumn.of("t", "mail", "email")));
		assertThat(count(TOUCHED)).isEqualTo(50);
	}

	@Test
	void doNotFireIfTheyAreBypassed() {
		copy(change(UserTriggers.BYPASS, RenameColumn.of("t", "mail", "email")));
		assertThat(count(TOUCHED)).isZero();
		assertThat(count("count(*) FILTER (WHERE email = mail)")).isEqualTo(50);
	}

	@Test
	void fireForTheWritesOfTheApplication() {
		copy(change(UserTriggers.BYPASS, RenameColumn.of("t", "mail", "email")));
		this.db.execute("UPDATE t SET mail = 'new' WHERE id = 1", "UPDATE t SET email = 'new' WHERE id = 2");
		assertThat(count(TOUCHED)).isEqualTo(2);
		assertThat(count("count(*) FILTER (WHERE email = 'new' AND mail = 'new')")).isEqualTo(2);
	}

	@Test
	void areNotBypassedByARoleThatMayNot() {
		Change change = change(UserTriggers.BYPASS, RenameColumn.of("t", "mail", "email"));
		try (HikariDataSource dataSource = asRole()) {
			Application.of(dataSource, ConcertinaOptions.defaults()).start();
			CatalogDump before = CatalogDump.of(this.db);
			Application application = Application.of(dataSource, ConcertinaOptions.defaults(), change);
			assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
				.withMessageContaining("change 'change': The role that migrates may not bypass triggers: "
						+ "ERROR: permission denied to set parameter \"session_replication_role\"")
				.withMessageContaining(
						mayBeGranted() ? "GRANT SET ON PARAMETER session_replication_role" : "superuser");
			assertThat(CatalogDump.of(this.db)).isEqualTo(before);
		}
	}

	@Test
	void areBypassedByARoleThatWasGrantedTo() {
		assumeThat(mayBeGranted()).isTrue();
		this.db.execute("GRANT SET ON PARAMETER session_replication_role TO " + this.role);
		Change change = change(UserTriggers.BYPASS, RenameColumn.of("t", "mail", "email"));
		try (HikariDataSource dataSource = asRole()) {
			copy(Application.of(dataSource, ConcertinaOptions.defaults(), change), change);
		}
		assertThat(count(TOUCHED)).isZero();
	}

	@Test
	void areNotBypassedWhereAForeignKeyWouldNotBeChecked() {
		assertRefused("t_kind_id_fkey", SetNotNull.of("t", "kind_id").replacingNullBy("1"));
		assertRefused("t_kind_id_fkey", updating("kind_id = 1", "kind_id = 2"));
		assertRefused("the foreign key of public.note.t_code", updating("id = -id", "id > 0"));
	}

	@Test
	void areNotBypassedWhereADeferrableConstraintWouldNotBeChecked() {
		assertRefused("t_code_key", SetNotNull.of("t", "code").replacingNullBy("'none'"));
	}

	private static Sql updating(String set, String where) {
		return new Sql(List.of(), SqlBackfill.of("t", set, where), List.of(), null, List.of());
	}

	private void assertRefused(String unchecked, Operation operation) {
		Application application = Application.of(this.db, change(UserTriggers.BYPASS, operation));
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining(
					"The batches write public.t without triggers, and so nothing would check " + unchecked);
	}

	private void copy(Change change) {
		copy(Application.of(this.db, change), change);
	}

	private static void copy(Application application, Change change) {
		application.start().run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
	}

	private static Change change(UserTriggers userTriggers, Operation operation) {
		return Change.version("1", "change").userTriggers(userTriggers).operation(operation).build();
	}

	private boolean mayBeGranted() {
		return this.db.majorVersion() >= GRANTABLE;
	}

	private long count(String value) {
		return this.db.jdbc().sql("SELECT %s FROM t".formatted(value)).query(Long.class).single();
	}

	/**
	 * Lets a role migrate that is no superuser.
	 */
	private HikariDataSource asRole() {
		this.db.execute("GRANT ALL ON DATABASE %s TO %s".formatted(this.db.name(), this.role),
				"GRANT ALL ON SCHEMA public TO " + this.role, "ALTER TABLE t OWNER TO " + this.role);
		HikariDataSource pool = this.db.access().pool("migrator");
		pool.setConnectionInitSql("SET SESSION AUTHORIZATION " + this.role);
		return pool;
	}

}
