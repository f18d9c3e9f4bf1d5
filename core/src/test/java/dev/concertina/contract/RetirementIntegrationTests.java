package dev.concertina.contract;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.execute.LockOptions;
import dev.concertina.operation.DropTable;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RetirementIntegrationTests {

	private static final State RETIRED = new State(Phase.CONTRACT, Status.RETIRED);

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults()
		.withSoak(Duration.ofDays(1))
		.withLocks(new LockOptions(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(60)));

	private final Change change = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.operation(DropTable.of("stock"))
		.build();

	private final TestDatabase db;

	private final Application application;

	RetirementIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, SOAKING, this.change);
	}

	@BeforeEach
	void retire() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)", "CREATE TABLE stock (id bigint)")
			.withRows("line", 10, "n, n");
		this.application.start().contract(this.change);
		assertThat(state()).isEqualTo(RETIRED);
	}

	@Test
	void takesTheOldStructureOutOfSight() {
		assertThat(this.db.table("line")).hasColumns("id", "concertina_retired_rename_price_001_price", "amount");
		assertThat(this.db.jdbc().sql("SELECT to_regclass('stock') IS NULL").query(Boolean.class).single()).isTrue();
		assertThat(objections()).singleElement()
			.asString()
			.startsWith("The old structure is out of sight since 2")
			.contains("it is dropped at 2")
			.contains("call unretire");
	}

	@Test
	void dropsItAfterTheSoak() {
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
		assertThat(this.db.table("line")).hasColumns("id", "amount").hasNoTrigger();
	}

	@Test
	void doesNotDropWhatAStatementHasMissedUntilNoneHasForAsLong() {
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		for (String statement : List.of("SELECT price FROM line", "SELECT * FROM stock")) {
			MissedStructures missed = this.application.concertina().missed();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.db.execute(statement))
				.matches(MissedStructures::isMissing)
				.satisfies((failure) -> missed.look(String.valueOf(failure.getMostSpecificCause().getMessage()),
						"report"));
		}
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		assertThat(objections()).singleElement()
			.asString()
			.startsWith("A statement has missed the old structure at 2")
			.contains("If no other misses it, it is dropped at 2");
		assertThat(this.application.concertina().history(this.change.id())).filteredOn("actor", "report")
			.singleElement()
			.satisfies((line) -> assertThat(line.reason()).startsWith("missed by a statement: ").contains("\"price\""));
		this.db.execute("UPDATE concertina.change SET missed_at = missed_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
	}

	@Test
	void aStatementThatMissesSomethingElseIsNoMatter() {
		this.application.concertina().missed().look("ERROR: column \"prices\" does not exist", "report");
		this.application.concertina().missed().look("ERROR: relation \"stocks\" does not exist", "report");
		assertThat(this.application.concertina().history(this.change.id())).extracting(LogEntry::actor)
			.doesNotContain("report");
		unretire();
		this.application.concertina().missed().look("ERROR: column \"price\" does not exist", "report");
		assertThat(this.application.concertina().history(this.change.id())).extracting(LogEntry::actor)
			.doesNotContain("report");
	}

	@Test
	void doesNotDropWhatAViewWasMadeOfMeanwhile() {
		this.db.execute("CREATE VIEW prices AS SELECT concertina_retired_rename_price_001_price FROM line",
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		assertThat(objections()).singleElement()
			.asString()
			.startsWith(
					"1 objects are made of the old structure: view prices of line.concertina_retired_rename_price_001_price");
	}

	@Test
	void doesNotDropATableThatAViewOrAPolicyWasMadeOfMeanwhile() {
		this.db.execute("CREATE VIEW stocks AS SELECT count(*) FROM concertina_retired_rename_price_002_stock",
				"CREATE POLICY known ON line USING (id IN (SELECT id FROM concertina_retired_rename_price_002_stock))",
				"CREATE POLICY own ON concertina_retired_rename_price_002_stock USING (id > 0)",
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		assertThat(objections()).singleElement()
			.asString()
			.startsWith("2 objects are made of the old structure: policy known on table line of concertina_retired_"
					+ "rename_price_002_stock, view stocks of concertina_retired_rename_price_002_stock");
	}

	@Test
	void doesNotDropWhatNobodyKnowsTheTimeOf() {
		this.db.execute("UPDATE concertina.change SET retired_at = NULL");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		assertThat(objections()).singleElement().asString().startsWith("Nobody knows since when");
		unretire();
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount");
	}

	@Test
	void bringsItBackWithTheWritesInBetweenAndWaitsForAPerson() {
		this.db.execute("UPDATE line SET amount = 'new' WHERE id = 1",
				"INSERT INTO line (id, amount) VALUES (11, 'x')");
		unretire();
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		assertThat(this.db.jdbc()
			.sql("SELECT price FROM line WHERE id IN (1, 2, 11) ORDER BY id")
			.query(String.class)
			.list()).containsExactly("new", "2", "x");
		assertThat(this.db.jdbc().sql("SELECT count(*) FROM stock").query(Long.class).single()).isZero();
		this.application.concertina().steering().resume(this.change.id(), "test");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(State.running(Phase.CONTRACT));
		assertThat(objections()).singleElement().asString().startsWith("Nobody has approved");
		assertThat(this.application.contract(this.change).status(this.change).state()).isEqualTo(RETIRED);
	}

	@Test
	void triesAgainWhenItGetsNoLockToBringItBack() {
		Session reader = this.db.session("reader").execute("BEGIN").execute("SELECT * FROM line");
		unretire();
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.UNRETIRING));
		reader.execute("COMMIT");
		this.application.run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
	}

	@Test
	void neverDropsWhatCouldNotBeBroughtBack() {
		this.db.execute("ALTER TABLE line ADD COLUMN price text");
		unretire();
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.UNRETIRE_FAILED));
		this.db.execute("UPDATE concertina.change SET since = since - interval '2 days'");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.UNRETIRE_FAILED));
		this.db.execute("ALTER TABLE line DROP COLUMN price");
		this.application.concertina().steering().resume(this.change.id(), "test");
		this.application.run(this.change);
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
	}

	@Test
	void asksTheGateAgainAfterADropThatHasFailed() {
		this.db.execute("ALTER TABLE line ADD UNIQUE (concertina_retired_rename_price_001_price)",
				"CREATE TABLE report (price text REFERENCES line (concertina_retired_rename_price_001_price))",
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.FAILED));
		this.db.execute("UPDATE concertina.verdict SET at = at - interval '30 days'");
		assertThat(objections()).as("nothing that is out of sight is compared").isEmpty();
		this.application.concertina().steering().resume(this.change.id(), "test");
		assertThat(state()).isEqualTo(RETIRED);
	}

	@Test
	void bringsBackWhatCouldNotBeDropped() {
		this.db.execute("ALTER TABLE line ADD UNIQUE (concertina_retired_rename_price_001_price)",
				"CREATE TABLE report (price text REFERENCES line (concertina_retired_rename_price_001_price))",
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.FAILED));
		unretire();
		assertThat(state()).isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount");
	}

	@Test
	void rollsBackFromOutOfSight() {
		this.db.execute("UPDATE line SET amount = 'new' WHERE id = 1");
		this.application.concertina().steering().rollBack(this.change.id(), "test", "no more");
		assertThat(this.application.run(this.change).status(this.change).state().status())
			.isEqualTo(Status.ROLLED_BACK);
		assertThat(this.db.table("line")).hasColumns("id", "price").hasNoTrigger();
		assertThat(this.db.jdbc().sql("SELECT price FROM line WHERE id = 1").query(String.class).single())
			.isEqualTo("new");
	}

	@Test
	void neitherPausesNorMovesReads() {
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.application.concertina().steering().pause(this.change.id(), "test", "why not"));
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.application.concertina().steering().readShare(this.change.id(), 0, "test"));
	}

	private void unretire() {
		this.application.concertina().steering().unretire(this.change.id(), "test", "it is needed after all");
		this.application.run(this.change);
	}

	private State state() {
		return this.application.status(this.change).state();
	}

	private List<String> objections() {
		return this.application.status(this.change).objections().stream().map(Objection::toString).toList();
	}

}
