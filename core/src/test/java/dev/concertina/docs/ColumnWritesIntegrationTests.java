package dev.concertina.docs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.change.Change;
import dev.concertina.docs.ColumnWrite.Column;
import dev.concertina.docs.ColumnWrite.Moment;
import dev.concertina.docs.ColumnWrite.Outcome;
import dev.concertina.docs.ColumnWrite.Value;
import dev.concertina.docs.ColumnWrite.Version;
import dev.concertina.jdbc.Database;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.testing.Application;
import dev.concertina.testing.Page;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a write leaves in an old and a new column: given, default and NULL, of the old and
 * the new version, before and after the row is copied.
 */
@PostgresTest
class ColumnWritesIntegrationTests {

	private static final List<Change> CHANGES = List.of(rename("1", Column.PLAIN), rename("2", Column.DEFAULTED));

	private final TestDatabase db;

	private final Application application;

	ColumnWritesIntegrationTests(TestDatabase db) {
		this.db = db;
		Stream.of(Column.values()).forEach((column) -> db.execute(column.create(), column.seed()));
		this.application = Application.of(db, CHANGES.toArray(Change[]::new)).start();
		Stream.of(Column.values()).forEach(this::copyOneRow);
	}

	private static Change rename(String version, Column column) {
		return Change.version(version, column.table())
			.operation(RenameColumn.of(column.table(), "mail", "email"))
			.build();
	}

	private void copyOneRow(Column column) {
		new Database(this.db.dataSource()).inTransactionWithoutResult((jdbc) -> {
			jdbc.execute("SET LOCAL concertina.batch = '%s'".formatted(column.table()));
			jdbc.execute("UPDATE %s SET email = mail WHERE id = %d".formatted(column.table(), Moment.COPIED.row()));
		});
	}

	@Test
	void leaveBothColumnsEqual() throws SQLException {
		assertThat(outcomes()).hasSize(72)
			.allSatisfy((outcome) -> assertThat(outcome.newValue()).isEqualTo(outcome.oldValue()));
	}

	@Test
	void loseNoValueAndNothingOfTheOldVersion() throws SQLException {
		assertThat(outcomes()).filteredOn((outcome) -> !outcome.isMeant()).allSatisfy((outcome) -> {
			assertThat(outcome.write().version()).isNotEqualTo(Version.OLD);
			assertThat(outcome.write().value()).isNotEqualTo(Value.VALUE);
			assertThat(outcome.write()).isNotEqualTo(new ColumnWrite(Version.MARKED, Value.NULL));
		});
	}

	@Test
	void leaveTheSameWhenTheBackfillIsOver() throws SQLException {
		List<Outcome> during = outcomes().stream().filter((outcome) -> outcome.moment() != Moment.NOT_COPIED).toList();
		this.application.run(CHANGES.toArray(Change[]::new));
		assertThat(CHANGES).extracting((change) -> this.application.status(change).state())
			.containsOnly(State.running(Phase.CONTRACT));
		assertThat(outcomes()).containsAll(during);
	}

	@Test
	void areInThePage() throws SQLException {
		Page.of("how-it-works.md").assertGenerated(ColumnWritesMarkdown.of(outcomes()));
	}

	private List<Outcome> outcomes() throws SQLException {
		List<Outcome> outcomes = new ArrayList<>();
		for (Version version : Version.values()) {
			for (Value value : Value.values()) {
				for (Column column : Column.values()) {
					for (Moment moment : Moment.values()) {
						outcomes.add(outcome(column, moment, new ColumnWrite(version, value)));
					}
				}
			}
		}
		return outcomes;
	}

	private Outcome outcome(Column column, Moment moment, ColumnWrite write) throws SQLException {
		try (Connection connection = this.db.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			JdbcTemplate jdbc = Database.on(connection);
			if (write.version() == Version.MARKED) {
				jdbc.execute("SET LOCAL concertina.writes = 'new'");
			}
			assertThat(jdbc.update(write.sql(column.table(), moment))).isOne();
			Outcome outcome = jdbc.queryForObject(
					"SELECT mail, email FROM %s WHERE id = %d".formatted(column.table(), moment.row()),
					(row, number) -> new Outcome(column, moment, write, row.getString(1), row.getString(2)));
			connection.rollback();
			return Objects.requireNonNull(outcome);
		}
	}

}
