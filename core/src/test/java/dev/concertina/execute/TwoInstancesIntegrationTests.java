package dev.concertina.execute;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;
import dev.concertina.testing.Application;
import dev.concertina.testing.Example;
import dev.concertina.testing.Halt;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class TwoInstancesIntegrationTests {

	private static final State COMPLETED = new State(Phase.CONTRACT, Status.COMPLETED);

	private final TestDatabase db;

	TwoInstancesIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void shareTheChunksOfAChangeAndCompleteIt() {
		Example.RENAME_COLUMN.createPartitionedTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		CyclicBarrier bothAtWork = new CyclicBarrier(2);
		List<AtomicInteger> batches = List.of(new AtomicInteger(), new AtomicInteger());
		List<Application> instances = batches.stream().map((count) -> instance(change, count, bothAtWork)).toList();
		instances.get(0).start().concertina().steering().approve(change.id(), "test");
		instances.forEach((instance) -> instance.start().concertina().start());
		Patience.await().until(() -> instances.get(0).status(change).state().equals(COMPLETED));
		instances.forEach((instance) -> assertThat(instance.concertina().stop(Duration.ofSeconds(10))).isTrue());
		assertThat(batches).allSatisfy((count) -> assertThat(count).hasPositiveValue());
		assertThat(instances.get(1).status(change).backfill().batches())
			.isEqualTo(batches.get(0).get() + batches.get(1).get());
		assertThat(instances.get(1).status(change).backfill().rows()).isEqualTo(200);
	}

	@Test
	void doNotFailAChangeWhoseStepTheOtherOneIsStillAt() {
		Example.RENAME_COLUMN.createTable(this.db);
		Change change = Example.RENAME_COLUMN.change();
		Application patient = Application.of(this.db, ConcertinaOptions.defaults(), change).start().run(change);
		Session reader = this.db.session("reader").begin().execute("SELECT FROM line");
		CompletableFuture<Application> dropped = CompletableFuture.supplyAsync(() -> patient.contract(change));
		Patience.await().until(this::isFlywayLocked);
		Application other = Application.of(this.db, Halt.OPTIONS, change);
		other.run(change);
		assertThat(other.status(change).state()).isEqualTo(new State(Phase.CONTRACT, Status.CONTRACTING));
		reader.commit();
		dropped.join();
		assertThat(other.status(change).state()).isEqualTo(COMPLETED);
	}

	private boolean isFlywayLocked() {
		return this.db.jdbc()
			.sql("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = "
					+ "(SELECT oid FROM pg_database WHERE datname = current_database()))")
			.query(Boolean.class)
			.single();
	}

	private Application instance(Change change, AtomicInteger batches, CyclicBarrier bothAtWork) {
		return Application.with(this.db, Halt.OPTIONS, (builder) -> builder.listener((event) -> {
			boolean copied = event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL;
			if (copied && batches.incrementAndGet() == 1) {
				await(bothAtWork);
			}
		}), change);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException("One instance has all the work", ex);
		}
	}

}
