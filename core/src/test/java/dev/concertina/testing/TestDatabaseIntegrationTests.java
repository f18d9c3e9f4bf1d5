package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest(settings = "deadlock_timeout=123ms")
class TestDatabaseIntegrationTests {

	private static @Nullable DatabaseAccess databaseOfTheTestBefore;

	private final TestDatabase db;

	TestDatabaseIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@RepeatedTest(2)
	void isEmptyForEachTest(TestDatabase sameDb) {
		assertThat(sameDb).isSameAs(this.db);
		assertThat(this.db).table("customer").doesNotExist();
		this.db.execute("CREATE TABLE customer (id int)");
	}

	@RepeatedTest(2)
	void isDroppedAfterTheTest() {
		DatabaseAccess before = databaseOfTheTestBefore;
		if (before != null) {
			assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(() -> before.connect("late"));
		}
		databaseOfTheTestBefore = this.db.access();
	}

	@Test
	void runsItsSessionsInAZoneThatIsNoWholeHourFromUtc() throws SQLException {
		assertThat(setting("timezone")).isEqualTo("America/St_Johns");
		try (Connection connection = this.db.open("billing"); var statement = connection.createStatement()) {
			var row = statement.executeQuery("SELECT current_setting('timezone'), current_setting('application_name')");
			row.next();
			assertThat(row.getString(1)).isEqualTo("America/St_Johns");
			assertThat(row.getString(2)).isEqualTo("billing");
		}
	}

	@Test
	void takesTheSettingsOfTheAnnotation() {
		assertThat(setting("deadlock_timeout")).isEqualTo("123ms");
	}

	@Test
	void knowsItsVersion() {
		assertThat(setting("server_version")).startsWith(Integer.toString(this.db.majorVersion()));
	}

	@Test
	void seesThatASessionWaitsForALock() {
		this.db.execute("CREATE TABLE customer (id int)");
		this.db.session("reporting").begin().execute("SELECT FROM customer");
		assertThat(this.db.waitsForLock("migration")).isFalse();

		this.db.session("migration").start("ALTER TABLE customer ADD COLUMN mail text").awaitBlockedOrDone();

		assertThat(this.db.waitsForLock("migration")).isTrue();
		assertThat(this.db.waitsForLock("reporting")).isFalse();
	}

	@Test
	void isDroppedThoughSomebodyIsStillConnected() {
		TestDatabase other = TestDatabase.create();
		other.open("reporting");
		other.access().connect("forgotten");
		other.close();

		assertThatExceptionOfType(CannotGetJdbcConnectionException.class)
			.isThrownBy(() -> other.access().connect("late"))
			.withMessageContaining("No connection to " + other.url());
	}

	@AfterEach
	void isStillThereAfterTheTest() {
		this.db.execute("SELECT 1");
	}

	private String setting(String name) {
		return JdbcClient.create(this.db.dataSource())
			.sql("SELECT current_setting(?)")
			.param(name)
			.query(String.class)
			.single();
	}

	@Nested
	class InANestedClass {

		@Test
		void isTheSame(TestDatabase sameDb) {
			assertThat(sameDb).isSameAs(TestDatabaseIntegrationTests.this.db);
		}

	}

}
