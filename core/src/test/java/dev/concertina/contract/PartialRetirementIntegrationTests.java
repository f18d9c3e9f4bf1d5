package dev.concertina.contract;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.change.Change;
import dev.concertina.jdbc.Database;
import dev.concertina.operation.DropTable;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A change that has taken one old structure out of sight, and has failed at the next one.
 */
@PostgresTest
class PartialRetirementIntegrationTests {

	private static final State FAILED = new State(Phase.CONTRACT, Status.FAILED);

	private static final State RETIRED = new State(Phase.CONTRACT, Status.RETIRED);

	private static final String OBSTACLE = "concertina_retired_rename_price_002_stock";

	private final Change change = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.operation(DropTable.of("stock"))
		.build();

	private final TestDatabase db;

	private final Application application;

	PartialRetirementIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, ConcertinaOptions.defaults().withSoak(Duration.ofDays(1)), this.change);
	}

	@BeforeEach
	void failAtTheSecond() {
		this.db
			.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text)", "CREATE TABLE stock (id bigint)",
					"CREATE TABLE %s ()".formatted(OBSTACLE))
			.withRows("line", 10, "n, n");
		this.application.start().contract(this.change);
		assertThat(state()).isEqualTo(FAILED);
		assertThat(this.db.table("line")).hasColumns("id", "concertina_retired_rename_price_001_price", "amount");
		this.db.execute("DROP TABLE " + OBSTACLE,
				"UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
	}

	@Test
	void retiresTheOtherAndSoaksAnew() {
		this.application.concertina().steering().resume(this.change.id(), "test");
		this.application.run(this.change).run(this.change);
		assertThat(state()).isEqualTo(RETIRED);
		assertThat(objections()).singleElement().asString().startsWith("The old structure is out of sight since 2");
		assertThat(this.db.table(OBSTACLE)).hasColumns("id");
		this.db.execute("UPDATE concertina.change SET retired_at = retired_at - interval '1 day'");
		assertThat(this.application.run(this.change).status(this.change).state().status()).isEqualTo(Status.COMPLETED);
	}

	/** What has soaked was all that there was at that time. */
	@Test
	void soaksAlsoIfTheFirstHas() {
		this.application.concertina().steering().resume(this.change.id(), "test");
		this.db.execute("UPDATE concertina.change SET status = 'CONTRACTING', soaked = true");
		assertThat(this.application.run(this.change).status(this.change).state()).isEqualTo(RETIRED);
		assertThat(this.db.table(OBSTACLE)).hasColumns("id");
	}

	@Test
	void bringsTheFirstBack() {
		this.application.concertina().steering().unretire(this.change.id(), "test", "not now");
		assertThat(this.application.run(this.change).status(this.change).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.PAUSED));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount");
		assertThat(this.db.table("stock")).hasColumns("id");
	}

	@Test
	void hasNoWayBackOnceSomethingIsDropped() {
		this.db.execute("UPDATE concertina.change SET dropped = true");
		StateStore store = StateStore.jdbc(new Database(this.db.dataSource()).jdbc());
		for (Status status : List.of(Status.UNRETIRING, Status.ROLLING_BACK, Status.RETIRED, Status.RUNNING)) {
			assertThat(store.transition(this.change.id(), FAILED, FAILED.with(status), "test", null)).isFalse();
		}
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.application.concertina().steering().unretire(this.change.id(), "test", "late"));
		assertThat(store.transition(this.change.id(), FAILED, FAILED.with(Status.CONTRACTING), "test", null)).isTrue();
	}

	@Test
	void sendsNoReadBackToIt() {
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> this.application.concertina().steering().readShare(this.change.id(), 0, "test"))
			.withMessageContaining("read to 0 %");
		StateStore store = StateStore.jdbc(new Database(this.db.dataSource()).jdbc());
		assertThat(store.readShare(this.change.id(), null, 0, 100, "test")).isFalse();
	}

	@Test
	void tellsOfStatementsThatMissIt() {
		this.application.concertina().missed().look("ERROR: column \"price\" does not exist", "report");
		assertThat(this.application.concertina().history(this.change.id())).filteredOn("actor", "report").hasSize(1);
	}

	private State state() {
		return this.application.status(this.change).state();
	}

	private List<String> objections() {
		return this.application.status(this.change).objections().stream().map(Objection::toString).toList();
	}

}
