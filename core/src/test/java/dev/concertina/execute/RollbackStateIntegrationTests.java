package dev.concertina.execute;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.RefusedTransitionException;
import dev.concertina.Steering;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent.LockTimedOut;
import dev.concertina.operation.RenameColumn;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;
import dev.concertina.testing.Traffic;

import static dev.concertina.testing.DatabaseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class RollbackStateIntegrationTests {

	private static final ConcertinaOptions SOAKING = ConcertinaOptions.defaults()
		.withSoak(Duration.ofDays(1))
		.withLocks(new LockOptions(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(60)));

	private final Change rename = Change.version("1", "rename_price")
		.operation(RenameColumn.of("line", "price", "amount"))
		.operation(RenameColumn.of("product", "price", "amount"))
		.build();

	private final TestDatabase db;

	RollbackStateIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTables() {
		this.db
			.execute("CREATE TABLE line (id bigint PRIMARY KEY, price numeric, pad text) WITH (fillfactor = 10)",
					"CREATE TABLE product (id bigint PRIMARY KEY, price numeric)")
			.withRows("line", 200, "n, n, repeat('x', 100)")
			.withRows("product", 10, "n, n");
	}

	@Test
	void isRefusedAfterTheContract() {
		Application application = Halt.AT_THE_GATE.bring(this.rename, this.db).contract(this.rename);
		assertThatExceptionOfType(RefusedTransitionException.class).isThrownBy(() -> rollBack(application))
			.withMessageContainingAll("rename_price", "COMPLETED", "rolled back");
	}

	@Test
	void isRefusedOnceOneOfTwoOldColumnsIsGone() {
		Halt.AT_THE_GATE.bring(this.rename, this.db);
		Application application = Application.of(this.db, SOAKING, this.rename).contract(this.rename);
		Session reader = this.db.session("reader").begin().execute("SELECT FROM product");
		application.concertina().steering().drop(this.rename.id(), "ada", "enough");
		application.run(this.rename);
		assertThat(this.db.table("line")).hasColumns("id", "amount", "pad");
		assertThat(this.db.table("product")).hasColumns("id", "concertina_retired_rename_price_002_price", "amount");
		assertThatExceptionOfType(RefusedTransitionException.class).isThrownBy(() -> rollBack(application))
			.withMessageContainingAll("rename_price", "rolled back")
			.satisfies((ex) -> assertThat(ex.action()).contains("dropped"));
		reader.commit();
		assertThat(application.run(this.rename).status(this.rename).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	@Test
	void isFinishedByTheNextStartAfterACrash() {
		rollBack(Halt.IN_THE_BACKFILL.bring(this.rename, this.db));
		Application next = Application.of(this.db, Halt.OPTIONS, this.rename).start();
		assertThat(next.status(this.rename).state()).isEqualTo(new State(Phase.BACKFILL, Status.ROLLING_BACK));
		next.concertina().start();
		Patience.await().until(() -> next.status(this.rename).state().status() == Status.ROLLED_BACK);
		assertThat(next.concertina().stop(Duration.ofSeconds(10))).isTrue();
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad").hasNoTrigger();
	}

	@Test
	void waitsForItsLockWithoutStallingTheApplication() {
		Application application = Halt.AT_THE_GATE.bring(this.rename, this.db);
		Session reader = this.db.session("reader").begin().execute("SELECT FROM product");
		try (Traffic traffic = Traffic.on(this.db, Duration.ofMillis(200), "UPDATE line SET price = 1 WHERE id = 1",
				"SELECT price FROM product WHERE id = 1")) {
			rollBack(application);
			application.run(this.rename);
			assertThat(application.status(this.rename).state().status()).isEqualTo(Status.ROLLING_BACK);
			assertThat(traffic.awaitMore(10).failures()).isEmpty();
		}
		assertThat(this.db.table("line")).hasColumns("id", "price", "amount", "pad");
		reader.commit();
		assertThat(application.run(this.rename).status(this.rename).state().status()).isEqualTo(Status.ROLLED_BACK);
	}

	@Test
	void keepsTheColumnThatADropIsStillWaitingFor() {
		Application first = Halt.AT_THE_GATE.bring(this.rename, this.db);
		Session reader = this.db.session("reader").begin().execute("SELECT FROM line");
		ConcertinaOptions patient = Halt.OPTIONS.withLocks(Halt.OPTIONS.locks().withBudget(Duration.ofSeconds(20)));
		Application second = Application.with(this.db, patient, (builder) -> builder.listener((event) -> {
			if (event instanceof LockTimedOut waited && waited.attempt() == 1) {
				rollBack(first);
				reader.commit();
			}
		}), this.rename);
		assertThat(second.contract(this.rename).status(this.rename).state().status()).isEqualTo(Status.ROLLED_BACK);
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad").hasNoTrigger();
	}

	@Test
	void goesOnBackwardsWhenItHasFailed() {
		Application application = Halt.AT_THE_GATE.bring(this.rename, this.db);
		this.db.execute("CREATE VIEW revenue AS SELECT sum(amount) FROM line");
		rollBack(application);
		assertThat(application.run(this.rename).status(this.rename).state())
			.isEqualTo(new State(Phase.CONTRACT, Status.ROLLBACK_FAILED));
		assertThat(application.status(this.rename).reason()).contains("view revenue depends on column amount");
		application.concertina().steering().resume(this.rename.id(), "ada");
		assertThat(application.contract(this.rename).status(this.rename).state().status())
			.isEqualTo(Status.ROLLBACK_FAILED);
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad", "amount");
		this.db.execute("DROP VIEW revenue", "UPDATE line SET amount = 7 WHERE id = 1");
		application.concertina().steering().resume(this.rename.id(), "ada");
		assertThat(application.run(this.rename).status(this.rename).state().status()).isEqualTo(Status.ROLLED_BACK);
		assertThat(this.db.table("line")).hasColumns("id", "price", "pad").hasNoTrigger();
		assertThat(this.db.jdbc().sql("SELECT price FROM line WHERE id = 1").query(Integer.class).single())
			.isEqualTo(7);
	}

	@Test
	void goesOnBackwardsWhoeverTriesToCopyAgain() {
		Application application = Halt.IN_THE_BACKFILL.bring(this.rename, this.db);
		this.db.execute("CREATE VIEW revenue AS SELECT sum(amount) FROM line");
		rollBack(application);
		assertThat(application.run(this.rename).status(this.rename).state())
			.isEqualTo(new State(Phase.BACKFILL, Status.ROLLBACK_FAILED));
		assertThatExceptionOfType(RefusedTransitionException.class)
			.isThrownBy(() -> application.concertina().steering().retry(this.rename.id(), "ada"))
			.withMessageContaining("copied again");
	}

	@Test
	void sendsNoReadToTheNewStructureAnyMore() {
		Application application = Halt.AT_THE_GATE.bring(this.rename, this.db);
		Steering steering = application.concertina().steering();
		steering.readShare(this.rename.id(), 100, "ada");
		rollBack(application);
		assertThat(application.concertina().change(this.rename.id()).orElseThrow().readShare()).isZero();
	}

	private void rollBack(Application application) {
		application.concertina().steering().rollBack(this.rename.id(), "ada", "we changed our minds");
	}

}
