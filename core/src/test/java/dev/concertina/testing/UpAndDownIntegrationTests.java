package dev.concertina.testing;

import java.nio.file.Path;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class UpAndDownIntegrationTests {

	private final TestDatabase db;

	private final Path directory;

	private final Scripts scripts;

	UpAndDownIntegrationTests(TestDatabase db, @TempDir Path directory) {
		this.db = db;
		this.directory = directory;
		this.scripts = new Scripts(directory);
	}

	@BeforeEach
	void writeScripts() {
		this.scripts.script("V1__customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, mail text)")
			.script("U1__customer.sql", "DROP TABLE customer")
			.script("V1_9__city.sql", "ALTER TABLE customer ADD city text; CREATE INDEX ON customer (city)")
			.script("U1_9__city.sql", "ALTER TABLE customer DROP city")
			.script("V1.10__view.sql", "CREATE VIEW mails AS SELECT mail FROM customer")
			.script("U1.10__view.sql", "DROP VIEW mails")
			.script("R__repeatable.sql", "SELECT nothing");
	}

	@Test
	void passesIfEachScriptIsTakenBack() {
		new UpAndDown(this.directory).assertRestores(this.db);
		assertThat(CatalogDump.of(this.db).linesWith("mails")).isNotEmpty();
	}

	@Test
	void namesTheFirstScriptThatLeavesSomethingAndWhat() {
		this.scripts.script("U1_9__city.sql", "DROP INDEX customer_city_idx");
		fails().withMessageStartingWith("V1_9__city.sql is not taken back by U1_9__city.sql; left over: [")
			.withMessageContaining("city")
			.withMessageEndingWith("lost: []");
	}

	@Test
	void namesWhatAScriptTakesAwayThatWasThereBefore() {
		this.scripts.script("U1_9__city.sql", "ALTER TABLE customer DROP city, DROP CONSTRAINT customer_pkey");
		fails().withMessageStartingWith("V1_9__city.sql is not taken back by U1_9__city.sql; left over: [")
			.withMessageContaining("lost: [")
			.withMessageContaining("customer_pkey");
	}

	@Test
	void namesAScriptThatFails() {
		this.scripts.script("U1.10__view.sql", "DROP VIEW addresses");
		fails().withMessage("U1.10__view.sql fails: ERROR: view \"addresses\" does not exist");
	}

	@Test
	void namesAScriptThatDoesSomethingElseTheSecondTime() {
		this.db.execute("CREATE SEQUENCE runs");
		this.scripts
			.script("V2__run.sql", "DO 'BEGIN EXECUTE format(''CREATE TABLE run_%s ()'', nextval(''runs'')); END'")
			.script("U2__run.sql", "DO 'BEGIN EXECUTE format(''DROP TABLE run_%s'', currval(''runs'')); END'");
		fails().withMessageStartingWith("V2__run.sql leads to another catalog the second time; left over: [")
			.withMessageContainingAll("run_2", "run_1");
	}

	@Test
	void stopsAtAScriptThatNothingTakesBack() {
		this.scripts.script("V1_9_1__note.sql", "ALTER TABLE customer ADD note text");
		new UpAndDown(this.directory).assertRestores(this.db);
		assertThat(CatalogDump.of(this.db).linesWith("note")).isNotEmpty();
	}

	private ThrowableAssertAlternative<AssertionError> fails() {
		return assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> new UpAndDown(this.directory).assertRestores(this.db));
	}

}
