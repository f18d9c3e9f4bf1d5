package dev.concertina.contract;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaBuilder;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.ContractPolicy;
import dev.concertina.change.UserTriggers;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class GateIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private static final State AT_THE_GATE = State.running(Phase.CONTRACT);

	private final Change asking = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	GateIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price text, pad text) WITH (fillfactor = 10)")
			.withRows("line", 200, "n, n, repeat('x', 100)");
	}

	@Test
	void waitsForAnApproval() {
		Application application = Application.of(this.db, this.asking).start().run(this.asking).run(this.asking);
		assertThat(application.status(this.asking).state()).isEqualTo(AT_THE_GATE);
		assertThat(application.status(this.asking).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.problem()).contains("Nobody has approved"));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount", "pad");
		assertThat(application.contract(this.asking).status(this.asking).state()).isEqualTo(COMPLETED);
	}

	@Test
	void opensByItselfWhereNobodyNeedsToBeAsked() {
		Change automatic = new Change(this.asking.id(), this.asking.version(), ContractPolicy.AUTOMATIC,
				UserTriggers.FIRE, KeptBy.TRIGGERS, this.asking.operations());
		assertThat(Application.of(this.db, automatic).start().run(automatic).status(automatic).state())
			.isEqualTo(COMPLETED);
		assertThat(this.db.table("line")).hasColumns("id", "amount", "pad").hasNoTrigger();
	}

	@Test
	void showsTheObjectionOfACustomConditionAndOpensWithoutIt() {
		AtomicBoolean freeze = new AtomicBoolean(true);
		Application application = with((builder) -> builder.condition((candidate) -> freeze.get()
				? Optional.of(new Objection("It is Friday", "Wait for Monday.")) : Optional.empty()));
		application.start().run(this.asking).contract(this.asking);
		assertThat(application.status(this.asking).state()).isEqualTo(AT_THE_GATE);
		assertThat(application.status(this.asking).objections())
			.containsExactly(new Objection("It is Friday", "Wait for Monday."));
		freeze.set(false);
		assertThat(application.run(this.asking).status(this.asking).state()).isEqualTo(COMPLETED);
	}

	@Test
	void staysClosedWhenAConditionCantBeChecked() {
		Application application = with((builder) -> builder.condition((candidate) -> {
			throw new IllegalStateException("no connection to the calendar");
		}));
		application.start().run(this.asking).contract(this.asking);
		assertThat(application.status(this.asking).state()).isEqualTo(AT_THE_GATE);
		assertThat(application.status(this.asking).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.problem()).contains("no connection to the calendar"));
	}

	@Test
	void staysClosedWhileSomethingIsMadeOfTheOldStructure() {
		Application application = Application.of(this.db, this.asking).start().run(this.asking);
		this.db.execute("CREATE VIEW prices AS SELECT price FROM line",
				"CREATE FUNCTION price_of(id bigint) RETURNS text BEGIN ATOMIC SELECT price::text FROM line WHERE line.id = price_of.id; END",
				"CREATE TRIGGER cheap BEFORE UPDATE ON line FOR EACH ROW WHEN (NEW.price IS NULL) EXECUTE FUNCTION suppress_redundant_updates_trigger()",
				"CREATE POLICY dear ON line USING (price IS NOT NULL)");
		application.contract(this.asking);
		assertThat(application.status(this.asking).objections()).singleElement()
			.satisfies((objection) -> assertThat(objection.problem()).isEqualTo(
					"4 objects are made of the old structure: function price_of(bigint) of line.price, policy dear on table line of line.price, trigger cheap on table line of line.price, view prices of line.price"));
		this.db.execute("DROP VIEW prices", "DROP FUNCTION price_of", "DROP TRIGGER cheap ON line",
				"DROP POLICY dear ON line");
		assertThat(application.run(this.asking).status(this.asking).state()).isEqualTo(COMPLETED);
	}

	@Test
	void doesNotOpenForReadsThatHaveMovedWhileItWasAsked() {
		Queue<Application> asked = new ConcurrentLinkedQueue<>();
		Application application = with((builder) -> builder.condition((candidate) -> {
			Application one = asked.poll();
			if (one != null) {
				one.concertina().steering().readShare(this.asking.id(), 0, "test");
			}
			return (candidate.change().readShare() < 100)
					? Optional.of(new Objection("Reads go back", "Switch them again.")) : Optional.empty();
		}));
		application.start().run(this.asking);
		application.concertina().steering().readShare(this.asking.id(), 100, "test");
		asked.add(application);
		assertThat(application.contract(this.asking).status(this.asking).state()).isEqualTo(AT_THE_GATE);
		application.concertina().steering().readShare(this.asking.id(), 100, "test");
		assertThat(application.run(this.asking).status(this.asking).state()).isEqualTo(COMPLETED);
	}

	@Test
	void renewsAProofThatHasExpired() {
		Application application = expiring();
		assertThat(verdicts()).isEqualTo(1);
		assertThat(application.contract(this.asking).status(this.asking).state()).isEqualTo(COMPLETED);
		assertThat(verdicts()).isEqualTo(2);
	}

	@Test
	void findsWhatWasBrokenAfterAProofThatHasExpired() {
		Application application = expiring();
		this.db.execute("BEGIN; SET LOCAL session_replication_role = replica; "
				+ "UPDATE line SET amount = NULL WHERE id = 7; COMMIT");
		application.contract(this.asking);
		assertThat(application.status(this.asking).state()).isEqualTo(new State(Phase.VERIFY, Status.FAILED));
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount", "pad");
	}

	/**
	 * Returns an application at the gate with a proof that is too old.
	 */
	private Application expiring() {
		ConcertinaOptions options = ConcertinaOptions.defaults().withMaxVerdictAge(Duration.ofMillis(700));
		Application application = Application.of(this.db, options, this.asking).start().run(this.asking);
		assertThat(application.status(this.asking).state()).isEqualTo(AT_THE_GATE);
		Patience.await().until(() -> application.status(this.asking).objections().size() > 1);
		return application;
	}

	private long verdicts() {
		return this.db.jdbc().sql("SELECT count(*) FROM concertina.verdict").query(Long.class).single();
	}

	private Application with(Consumer<ConcertinaBuilder> more) {
		return Application.with(this.db, ConcertinaOptions.defaults(), more, this.asking);
	}

}
