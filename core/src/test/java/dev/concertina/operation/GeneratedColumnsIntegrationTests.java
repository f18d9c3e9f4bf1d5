package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class GeneratedColumnsIntegrationTests {

	private static final AddColumn TWICE = AddColumn.of("line", "twice", "int");

	private final TestDatabase db;

	GeneratedColumnsIntegrationTests(TestDatabase db) {
		this.db = db;
		this.db.execute("CREATE TABLE line (id int PRIMARY KEY, pad text) PARTITION BY RANGE (id)",
				"CREATE TABLE line_a PARTITION OF line FOR VALUES FROM (0) TO (1000)",
				"CREATE TABLE line_b PARTITION OF line DEFAULT");
	}

	@Test
	void areComputedWhenTheyAreReadSincePostgres18() {
		this.db.withRows("line", 10, "n, 'x'");
		Application application = adding(TWICE.generatedFrom("id * 2"));
		if (this.db.majorVersion() < 18) {
			assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
				.withMessageContaining("can't compute column public.line.twice when it is read")
				.withMessageContaining("'stored: true'");
			return;
		}
		application.start();
		assertThat(twiceOfSeven()).isEqualTo(14);
	}

	@Test
	void areStoredInSmallTables() {
		this.db.withRows("line", 2000, "n, repeat('x', 3000)");
		adding(TWICE.storedFrom("id * 2")).start();
		assertThat(twiceOfSeven()).isEqualTo(14);
	}

	@Test
	void areNotStoredInLargeTables() {
		this.db.execute("ALTER TABLE line ALTER pad SET STORAGE EXTERNAL")
			.withRows("line", 2000, "n, repeat('x', 5000)");
		Application application = adding(TWICE.storedFrom("id * 2"));
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining("To add the stored column public.line.twice, PostgreSQL would write 1")
			.withMessageContaining("up to 8 MB are small enough")
			.withMessageContaining("createTrigger");
	}

	@Test
	void areStoredInTablesOfTheirOwnStructure() {
		this.db.execute("CREATE TABLE parent (id int)", "CREATE TABLE child () INHERITS (parent)");
		Application application = adding(AddColumn.of("parent", "twice", "int").storedFrom("id * 2"));
		assertThatExceptionOfType(RefusedChangesException.class).isThrownBy(application::start)
			.withMessageContaining("public.parent is no ordinary or partitioned table");
	}

	private Application adding(AddColumn operation) {
		return Application.of(this.db, Change.version("1", "change").operation(operation).build());
	}

	private int twiceOfSeven() {
		return this.db.jdbc().sql("SELECT twice FROM line WHERE id = 7").query(Integer.class).single();
	}

}
