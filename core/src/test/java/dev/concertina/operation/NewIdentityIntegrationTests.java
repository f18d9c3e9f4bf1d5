package dev.concertina.operation;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

@PostgresTest
class NewIdentityIntegrationTests {

	private static final Change CHANGE = Change.version("1", "change")
		.operation(AddColumn.of("line", "number", "int").withIdentity(Identity.ALWAYS))
		.build();

	private final TestDatabase db;

	NewIdentityIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void goesOnWhereTheSequenceOfTheBackfillWas() {
		createTable();
		Application.of(this.db, CHANGE).start().run(CHANGE).contract(CHANGE);
		this.db.execute("INSERT INTO line (id) VALUES (301), (302)");
		assertThat(numbers("true")).containsExactlyInAnyOrderElementsOf(numbers(1, 202));
		assertThat(numbers("id > 300")).containsExactly(201, 202);
		assertThatThrownBy(() -> this.db.execute("INSERT INTO line (id, number) VALUES (303, 7)"))
			.hasStackTraceContaining("cannot insert a non-DEFAULT value");
	}

	@Test
	void isGivenToWhatIsWrittenMeanwhileByARoleWithoutRightsOnItsSequence() {
		createTable();
		String role = "clerk_of_" + this.db.name();
		this.db.execute("CREATE ROLE " + role, "GRANT INSERT, UPDATE, SELECT ON line TO " + role);
		Application application = Halt.IN_THE_BACKFILL.bring(CHANGE, this.db);
		this.db.session("clerk").execute("SET ROLE " + role).execute("INSERT INTO line (id) VALUES (301)");
		application.concertina().steering().resume(CHANGE.id(), "test");
		application.run(CHANGE).contract(CHANGE);
		this.db.session("clerk").execute("SET ROLE " + role).execute("INSERT INTO line (id) VALUES (302)");
		assertThat(numbers("true")).hasSize(202).doesNotHaveDuplicates().doesNotContainNull();
		this.db.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
	}

	@Test
	void startsAnewInAnEmptyTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY)");
		Application.of(this.db, CHANGE).start().run(CHANGE).contract(CHANGE);
		this.db.execute("INSERT INTO line (id) VALUES (301)");
		assertThat(numbers("true")).containsExactly(1);
	}

	@Test
	void isRefusedForPartitionsThatCantHaveIt() {
		assumeThat(this.db.majorVersion()).isLessThan(17);
		this.db.execute("CREATE TABLE line (id bigint) PARTITION BY RANGE (id)");
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, CHANGE).start())
			.withMessageContaining("public.line is partitioned");
	}

	@Test
	void isThatOfAllPartitions() {
		assumeThat(this.db.majorVersion()).isGreaterThanOrEqualTo(17);
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
				"CREATE TABLE line_a PARTITION OF line FOR VALUES FROM (0) TO (100)",
				"CREATE TABLE line_b PARTITION OF line DEFAULT",
				"INSERT INTO line SELECT n FROM generate_series(1, 200) AS n");
		Application.of(this.db, CHANGE).start().run(CHANGE).contract(CHANGE);
		this.db.execute("INSERT INTO line_a (id) VALUES (0)", "INSERT INTO line (id) VALUES (201)");
		assertThat(numbers("true")).containsExactlyInAnyOrderElementsOf(numbers(1, 202));
	}

	private void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, pad text) WITH (fillfactor = 10)")
			.withRows("line", 200, "n, repeat('x', 100)");
	}

	private List<Integer> numbers(String condition) {
		return this.db.jdbc()
			.sql("SELECT number FROM line WHERE %s ORDER BY id".formatted(condition))
			.query((row, number) -> row.getInt(1))
			.list();
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).boxed().toList();
	}

}
