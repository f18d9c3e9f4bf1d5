package dev.concertina.operation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.BackfillTask;
import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.failure.RefusedChangesException;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rows that a new instance has written to both structures, and an old one after that to
 * the old structure alone, before the old one is gone.
 */
@PostgresTest
class LoneWritesIntegrationTests {

	private final TestDatabase db;

	LoneWritesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void arriveAtAColumn() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, word text)");
		run(RenameColumn.of("t", "word", "term"), "INSERT INTO t VALUES (1, 'a', 'a'), (2, 'b', 'b')",
				"UPDATE t SET word = 'c' WHERE id = 1", "UPDATE t SET word = NULL WHERE id = 2");
		assertThat(rows("SELECT concat_ws(' ', id, term) FROM t ORDER BY id")).containsExactly("1 c", "2");
	}

	@Test
	void arriveAtWhatATaskHasComputed() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, word text, shouted text)");
		run(FillColumns.of("t", List.of("shouted"), List.of("word"), "shout"),
				"INSERT INTO t VALUES (1, 'a', 'A'), (2, 'b', 'B')", "UPDATE t SET word = 'c' WHERE id = 1",
				"UPDATE t SET word = NULL WHERE id = 2");
		assertThat(rows("SELECT concat_ws(' ', id, shouted) FROM t ORDER BY id")).containsExactly("1 C", "2");
	}

	@Test
	void arriveAtTheRowsOfAList() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, words text)");
		run(ListToTable.of("t", "words", ",", "part", "t_id", "position", "word", "text"),
				"INSERT INTO t VALUES (1, 'a,b'), (2, 'c'), (3, 'd')",
				"INSERT INTO part VALUES (1, 0, 'a'), (1, 1, 'b'), (2, 0, 'c'), (3, 0, 'd')",
				"UPDATE t SET words = 'b' WHERE id = 1", "DELETE FROM t WHERE id = 2");
		assertThat(rows("SELECT concat_ws(' ', t_id, word) FROM part ORDER BY t_id")).containsExactly("1 b", "3 d");
	}

	@Test
	void arriveAtATableOfItsOwn() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, word text, other text)");
		run(SplitTable.of("t", "detail", "word"), "INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y')",
				"INSERT INTO detail VALUES (1, 'a'), (2, 'b')", "UPDATE t SET word = 'c' WHERE id = 1",
				"DELETE FROM t WHERE id = 2");
		assertThat(rows("SELECT concat_ws(' ', id, word) FROM detail ORDER BY id")).containsExactly("1 c");
	}

	/** Nobody can tell a value that was given from one that is out of date. */
	@Test
	void areRefusedWhereNothingCanTellThem() {
		this.db.execute("CREATE TABLE t (id int PRIMARY KEY, word text)");
		Change change = change(AddColumn.of("t", "size", "int").filledBy("length(word)"));
		assertThatExceptionOfType(RefusedChangesException.class)
			.isThrownBy(() -> Application.of(this.db, change).start())
			.withMessageContaining("Only triggers can keep both structures in step here");
	}

	private void run(Operation operation, String... writes) {
		Change change = change(operation);
		Application application = Application
			.with(this.db, ConcertinaOptions.defaults(), (builder) -> builder.task("shout", new Shout()), change)
			.start();
		assertThat(application.status(change).state()).isEqualTo(State.running(Phase.DUAL_WRITE));
		this.db.execute(writes);
		assertThat(application.run(change).status(change).state()).as("%s", application.status(change))
			.isEqualTo(State.running(Phase.CONTRACT));
	}

	private static Change change(Operation operation) {
		return Change.version("1", "change").keptBy(KeptBy.APPLICATION).operation(operation).build();
	}

	private List<String> rows(String query) {
		return this.db.jdbc().sql(query).query((row, number) -> row.getString(1)).list();
	}

	static class Shout implements BackfillTask<String> {

		@Override
		public String read(ResultSet row) throws SQLException {
			return row.getString("word");
		}

		@Override
		public Map<String, String> transform(String word) {
			return Map.of("shouted", word.toUpperCase(Locale.ROOT));
		}

	}

}
