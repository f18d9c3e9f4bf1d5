package dev.concertina.operation;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@PostgresTest
class RowPairsIntegrationTests {

	private static final String PARENT = "SELECT concat_ws(' ', id, city, zip) FROM t ORDER BY id";

	private static final String CHILD = "SELECT concat_ws(' ', id, city, zip) FROM c ORDER BY id";

	private final TestDatabase db;

	RowPairsIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void aTruncatedTableThatIsMergedLeavesNulls() {
		merge("city text, zip int");
		this.db.execute("UPDATE c SET city = 'Bern'", "TRUNCATE c");
		assertThat(read(PARENT)).containsExactly("1", "2");
	}

	@Test
	void aRowThatForbidsNullIsDeletedWithItsValues() {
		merge("city text NOT NULL, zip int");
		this.db.execute("UPDATE t SET city = 'Bern', zip = 2", "UPDATE t SET city = NULL, zip = NULL WHERE id = 1");
		assertThat(read(CHILD)).containsExactly("2 Bern 2");
		assertThat(read(PARENT)).containsExactly("1", "2 Bern 2");
	}

	@Test
	void aRowThatForbidsNullRefusesHalfOfItsValues() {
		merge("city text NOT NULL, zip int");
		assertThatException().isThrownBy(() -> this.db.execute("UPDATE t SET zip = 3 WHERE id = 2"))
			.withMessageContaining("null value in column \"city\"");
	}

	@Test
	void aTruncatedTableThatGetsColumnsHasItsValuesAgain() {
		move();
		this.db.execute("TRUNCATE c");
		assertThat(read(CHILD)).containsExactly("1 Rome 1", "2 Oslo 2");
		assertThat(read(PARENT)).containsExactly("1 Rome 1", "2 Oslo 2");
	}

	@Test
	void truncatedTablesStayEmpty() {
		move();
		this.db.execute("TRUNCATE t, c");
		assertThat(read(CHILD)).isEmpty();
	}

	@Test
	void aRowWithAnythingOfItsOwnGivesWayToNoOther() {
		move();
		this.db.execute("UPDATE c SET bio = 'own' WHERE id = 1");
		assertThatException().isThrownBy(() -> this.db.execute("INSERT INTO c (id, bio) VALUES (1, 'twice')"))
			.withMessageContaining("duplicate key");
	}

	@Test
	void aRowThatIsGivenToAnotherParentLeavesTheValues() {
		move();
		this.db.execute("DELETE FROM t WHERE id = 2", "INSERT INTO t VALUES (3, 'Bern', 3)",
				"UPDATE c SET id = 3, bio = 'moved' WHERE id = 1");
		assertThat(read(PARENT)).containsExactly("1 Rome 1", "3 Bern 3");
		assertThat(read(CHILD)).containsExactly("1 Rome 1", "3 Bern 3");
		assertThat(read("SELECT bio FROM c WHERE id = 3")).containsExactly("moved");
	}

	private void merge(String columns) {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY)",
				"CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t, %s)".formatted(columns),
				"INSERT INTO t VALUES (1), (2)", "INSERT INTO c VALUES (1, 'Rome', 1)");
		run(MergeTable.of("c", "t"));
	}

	private void move() {
		this.db.execute("CREATE TABLE t (id bigint PRIMARY KEY, city text, zip int)",
				"CREATE TABLE c (id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE, bio text, made timestamptz DEFAULT now())",
				"INSERT INTO t VALUES (1, 'Rome', 1), (2, 'Oslo', 2)", "INSERT INTO c VALUES (1)");
		run(MoveColumns.of("t", "c", "city", "zip"));
	}

	private void run(Operation operation) {
		Change change = Change.version("1", "change").operation(operation).build();
		Application.of(this.db, change).start().run(change);
	}

	private List<String> read(String query) {
		return this.db.jdbc().sql(query).query((row, number) -> row.getString(1)).list();
	}

}
