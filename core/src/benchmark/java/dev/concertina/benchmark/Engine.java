package dev.concertina.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import dev.concertina.Concertina;
import dev.concertina.ConcertinaBuilder;
import dev.concertina.ConcertinaOptions;
import dev.concertina.change.Change;
import dev.concertina.change.Definition;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.event.MigrationEvent;
import dev.concertina.event.MigrationEvent.BatchFinished;
import dev.concertina.flyway.ContractHistory;
import dev.concertina.flyway.FlywayBridge;
import dev.concertina.plan.Phase;
import dev.concertina.state.State;
import dev.concertina.state.Status;

/**
 * The library as an application uses it, with its defaults but for the number of workers.
 */
final class Engine {

	private static final Duration LOOK = Duration.ofMillis(5);

	private final DataSource dataSource;

	private final Change change;

	private final ConcertinaOptions options;

	private final Concertina concertina;

	private final AtomicLong lastBatch = new AtomicLong();

	private final AtomicLong batches = new AtomicLong();

	Engine(Workload workload, DataSource dataSource, int workers) {
		this.dataSource = dataSource;
		this.change = workload.change();
		this.options = ConcertinaOptions.defaults().withWorkers(WorkerOptions.defaults().withWorkers(workers));
		ConcertinaBuilder builder = Concertina.on(dataSource, ContractHistory.of(dataSource))
			.options(this.options)
			.listener(this::remember);
		workload.tasks().forEach(builder::task);
		this.concertina = builder.build();
	}

	/**
	 * Migrates at startup: expand and dual-write.
	 */
	void start() {
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(this.dataSource)
			.locations(new String[0])
			.baselineOnMigrate(true)
			.baselineVersion("0");
		FlywayBridge bridge = new FlywayBridge(this.concertina, List.of(Definition.of(this.change)),
				this.options.locks());
		bridge.configure(configuration);
		bridge.migrate(configuration.load());
	}

	/**
	 * Copies and compares, and returns the time from the planning of the chunks to the
	 * commit of the last batch that copies.
	 */
	Span fill() {
		long start = System.nanoTime();
		this.concertina.run(this.change.id());
		while (state().equals(State.running(Phase.BACKFILL)) || state().equals(State.running(Phase.VERIFY))) {
			// another instance is at a step that is not shared
			LockSupport.parkNanos(LOOK.toNanos());
			this.concertina.run(this.change.id());
		}
		require(State.running(Phase.CONTRACT));
		return new Span(start, this.lastBatch.get());
	}

	/**
	 * Drops the triggers: the end of the change.
	 */
	void contract() {
		this.concertina.steering().approve(this.change.id(), "benchmark");
		this.concertina.run(this.change.id());
		require(new State(Phase.CONTRACT, Status.COMPLETED));
	}

	void wholeChange() {
		start();
		fill();
		contract();
	}

	/**
	 * Return how many batches of the copy were done here.
	 */
	long batches() {
		return this.batches.get();
	}

	private void require(State wanted) {
		if (!state().equals(wanted)) {
			throw new IllegalStateException("%s in place of %s: %s".formatted(state(), wanted,
					this.concertina.change(this.change.id()).orElseThrow()));
		}
	}

	private State state() {
		return this.concertina.change(this.change.id()).orElseThrow().state();
	}

	private void remember(MigrationEvent event) {
		if (event instanceof BatchFinished batch && batch.phase() == Phase.BACKFILL) {
			this.lastBatch.set(System.nanoTime());
			this.batches.incrementAndGet();
		}
	}

}
