package dev.concertina.operation;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class ExpressionsIntegrationTests {

	private final TestDatabase db;

	ExpressionsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void nameColumnsOutsideOfAsciiWithoutQuotes() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, Ärger text)", "INSERT INTO t VALUES (1, 'a')");
		Change change = change(AddColumn.of("t", "laut", "text").filledBy("upper(Ärger)"));
		Application application = Application.of(this.db, change).start().run(change);
		this.db.execute("UPDATE t SET Ärger = 'b'");
		assertThat(read("laut")).isEqualTo("B");
		assertThat(application.status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

	@Test
	void areConvertedToTheTypeOfTheColumnEverywhereAlike() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, '17')");
		Change change = change(ChangeColumnType.of("t", "a", "b", "integer", "a", "b"));
		Application application = Application.of(this.db, change).start().run(change);
		assertThat(application.status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
		assertThat(read("b")).isEqualTo("17");
	}

	@Test
	void meanTheSameInEverySession() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, a timestamptz)",
				"INSERT INTO t VALUES (1, '2026-01-01 00:00+00'), (2, '2026-01-01 00:00+00')");
		Change change = change(AddColumn.of("t", "day", "text").filledBy("a::text"));
		Application application = Application.of(this.db, change).start().run(change);
		this.db.session("elsewhere")
			.execute("SET timezone = 'Asia/Tokyo'")
			.execute("SET intervalstyle = 'iso_8601'")
			.execute("SET search_path = ''")
			.execute("UPDATE public.t SET a = a + interval '1 day' WHERE id = 2");
		assertThat(read("day")).isEqualTo("2026-01-01 00:00:00+00 2026-01-02 00:00:00+00");
		assertThat(application.status(change).state()).isEqualTo(State.running(Phase.CONTRACT));
	}

	private String read(String column) {
		return this.db.jdbc()
			.sql("SELECT string_agg(%s::text, ' ' ORDER BY id) FROM t".formatted(column))
			.query(String.class)
			.single();
	}

	private static Change change(Operation operation) {
		return Change.version("1", "c").operation(operation).build();
	}

}
