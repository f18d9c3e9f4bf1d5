package dev.concertina;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.Progress;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Phase;
import dev.concertina.state.LogEntry;
import dev.concertina.state.State;
import dev.concertina.state.StateStore;
import dev.concertina.state.Status;
import dev.concertina.state.Tuning;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class SteeredChangeIntegrationTests {

	private final Change change = Example.CHANGE_COLUMN_TYPE.change();

	private final ChangeId id = this.change.id();

	private final TestDatabase db;

	SteeredChangeIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@BeforeEach
	void createTable() {
		Example.CHANGE_COLUMN_TYPE.createTable(this.db);
	}

	@Test
	void pausesAtTheNextBatchBorderAndGoesOnWhereItWas() {
		Application application = Halt.IN_THE_BACKFILL.bring(this.change, this.db);
		Progress paused = application.status(this.change).backfill();
		assertThat(paused.batches()).isEqualTo(1);
		assertThat(application.run(this.change).status(this.change).backfill()).as("while paused").isEqualTo(paused);
		steering(application).resume(this.id, "ada");
		Progress done = application.run(this.change).status(this.change).backfill();
		assertThat(done.rows()).isEqualTo(200);
		assertThat(done.unitsDone()).isEqualTo(done.units());
	}

	@Test
	void sendsReadsToTheNewStructureOnlyAfterAComparison() {
		Application application = Halt.AFTER_THE_BACKFILL.bring(this.change, this.db);
		assertRefused(() -> steering(application).readShare(this.id, 10, "ada"), "read to 10 %");
		assertThat(application.concertina().change(this.id).orElseThrow().readShare()).isZero();
		steering(application).resume(this.id, "ada");
		application.run(this.change);
		steering(application).readShare(this.id, 10, "ada");
		assertThat(application.concertina().change(this.id).orElseThrow().readShare()).isEqualTo(10);
		steering(application).readShare(this.id, 0, "ada");
		assertThat(application.concertina().change(this.id).orElseThrow().readShare()).isZero();
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> steering(application).readShare(this.id, 101, "ada"));
	}

	@Test
	void refusesWhatDoesNotFitTheState() {
		Application application = Application.of(this.db, this.change).start();
		assertRefused(() -> steering(application).resume(this.id, "ada"), "resumed");
		assertRefused(() -> steering(application).verify(this.id, "ada"), "verified");
		steering(application).pause(this.id, "ada", "lunch");
		assertRefused(() -> steering(application).pause(this.id, "bob", "lunch"), "paused");
		assertThatExceptionOfType(UnknownChangeException.class)
			.isThrownBy(() -> steering(application).pause(ChangeId.of("nobody"), "ada", "lunch"))
			.satisfies((ex) -> assertThat(((ConcertinaException) ex).action()).isNotEmpty());
	}

	@Test
	void movesAChangeOnlyFromTheStateThatWasSeen() {
		Application application = Application.of(this.db, this.change).start();
		StateStore store = StateStore.jdbc(new Database(this.db.dataSource()).jdbc());
		State seen = application.status(this.change).state();
		assertThat(store.transition(this.id, seen, seen.with(Status.PAUSED), "ada", "first")).isTrue();
		assertThat(store.transition(this.id, seen, seen.with(Status.ROLLING_BACK), "bob", "second")).isFalse();
		assertThat(application.status(this.change).state().status()).isEqualTo(Status.PAUSED);
		assertThat(application.concertina().history(this.id)).extracting(LogEntry::actor).doesNotContain("bob");
	}

	@Test
	void approvesOnce() {
		Application application = Application.of(this.db, this.change).start();
		assertThat(steering(application).approve(this.id, "ada")).isTrue();
		assertThat(steering(application).approve(this.id, "bob")).isFalse();
		assertThat(application.status(this.change).approvedBy()).isEqualTo("ada");
	}

	/** It may have moved between the look and the call. */
	@Test
	void isToldOnlyInThePhaseThatWasSeen() {
		Application application = Halt.AT_THE_GATE.bring(this.change, this.db);
		StateStore store = StateStore.jdbc(new Database(this.db.dataSource()).jdbc());
		int before = application.concertina().history(this.id).size();
		assertThat(store.approve(this.id, Phase.BACKFILL, "ada", "")).isFalse();
		assertThat(store.tune(this.id, Phase.BACKFILL, Tuning.NONE, "ada")).isFalse();
		assertThat(store.readShare(this.id, Phase.BACKFILL, 0, 100, "ada")).isFalse();
		assertThat(application.concertina().history(this.id)).hasSize(before);
		assertThat(store.readShare(this.id, Phase.CONTRACT, 0, 100, "ada")).isTrue();
	}

	@Test
	void tellsWhoHasDoneWhatAndWhy() {
		Application application = Halt.AT_THE_GATE.bring(this.change, this.db);
		steering(application).pause(this.id, "ada", "the shop is busy");
		steering(application).resume(this.id, "bob");
		steering(application).approve(this.id, "cyd");
		steering(application).rollBack(this.id, "dan", "wrong type");
		application.run(this.change);
		assertThat(application.concertina().history(this.id)).allSatisfy((entry) -> assertThat(entry.at()).isNotNull())
			.extracting(
					(entry) -> "%s: %s > %s (%s)".formatted(entry.actor(), entry.from(), entry.to(), entry.reason()))
			.containsExactly("flyway: NEW > BACKFILL RUNNING (null)",
					"concertina: BACKFILL RUNNING > VERIFY RUNNING (null)",
					"concertina: VERIFY RUNNING > CONTRACT RUNNING (null)",
					"ada: CONTRACT RUNNING > CONTRACT PAUSED (the shop is busy)",
					"bob: CONTRACT PAUSED > CONTRACT RUNNING (null)",
					"cyd: CONTRACT RUNNING > CONTRACT RUNNING (contract approved)",
					"dan: CONTRACT RUNNING > CONTRACT ROLLING_BACK (wrong type)",
					"concertina: CONTRACT ROLLING_BACK > CONTRACT ROLLED_BACK (null)");
	}

	private static void assertRefused(Runnable call, String what) {
		assertThatExceptionOfType(RefusedTransitionException.class).isThrownBy(call::run).withMessageContaining(what);
	}

	private static Steering steering(Application application) {
		return application.concertina().steering();
	}

}
