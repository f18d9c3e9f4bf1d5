package dev.concertina.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Operation;
import dev.concertina.execute.LockOptions;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that writes a parent and then its children does not meet the end of a
 * change in a deadlock. If it did, it would be the first to notice, and so the victim.
 */
@PostgresTest(settings = "deadlock_timeout=20s")
class LockOrderIntegrationTests {

	private static final ConcertinaOptions PATIENT = ConcertinaOptions.defaults()
		.withLocks(new LockOptions(Duration.ofSeconds(40), Duration.ofSeconds(60), Duration.ofSeconds(60)));

	private final TestDatabase db;

	LockOrderIntegrationTests(TestDatabase db) {
		this.db = db.execute("CREATE TABLE kind (id int PRIMARY KEY, note text)",
				"CREATE TABLE person (id bigint PRIMARY KEY, born timestamptz NOT NULL, kind_id int REFERENCES kind)",
				"CREATE TABLE detail (person_id bigint PRIMARY KEY REFERENCES person ON DELETE CASCADE, kind int REFERENCES kind)",
				"INSERT INTO kind VALUES (1)", "INSERT INTO person VALUES (1, '2026-01-02', 1)");
	}

	@ParameterizedTest
	@MethodSource
	void isThatOfAnApplicationThatWritesTheParentFirst(Operation operation, String child) {
		Change change = Change.version("1", "change").operation(operation).build();
		Application application = Application.of(this.db, PATIENT, change).start().run(change);
		try (Session writer = this.db.session("writer")) {
			writer.execute("SET deadlock_timeout = '10ms'").begin().execute("UPDATE kind SET note = 'written'");
			CompletableFuture<Application> end = CompletableFuture.supplyAsync(() -> application.contract(change));
			Patience.await().until(this::isAwaited);
			writer.execute(child).commit();
			end.join();
		}
		assertThat(application.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	static Stream<Object[]> isThatOfAnApplicationThatWritesTheParentFirst() {
		String person = "INSERT INTO person (id, born) VALUES (2, '2026-01-02')";
		String detail = "INSERT INTO detail (person_id) VALUES (1)";
		return Stream.of(new Object[] { DropTable.of("detail"), person },
				new Object[] { DropColumn.of("person", "kind_id"), person },
				new Object[] { RenameColumn.of("person", "kind_id", "sort"), person },
				new Object[] { SplitTable.of("person", "sort", "kind_id"), person },
				new Object[] { MoveColumns.of("person", "detail", "kind_id"), person },
				new Object[] { ListToTable.of("kind", "note", ",", "word", "kind_id", "n", "word", "text"),
						"INSERT INTO word VALUES (1, 7, 'x')" },
				new Object[] { MergeTable.of("detail", "person"), person },
				new Object[] { PartitionTable.byHash("detail", "person_id", 2), detail });
	}

	private boolean isAwaited() {
		return this.db.jdbc()
			.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'kind'::regclass AND mode = 'AccessExclusiveLock' AND NOT granted)")
			.query(Boolean.class)
			.single();
	}

}
