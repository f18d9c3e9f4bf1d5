package dev.concertina.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.concertina.ConcertinaOptions;
import dev.concertina.backfill.TaskOptions;
import dev.concertina.change.ChangeId;
import dev.concertina.chunk.WorkerOptions;
import dev.concertina.execute.LockOptions;
import dev.concertina.schema.StateSchemaName;

/**
 * Properties of Concertina.
 *
 * @param enabled Whether changes are run. An application that has run some can't be
 * started without them, because Flyway misses their migrations.
 * @param schema Schema that holds what is remembered about changes, and the functions of
 * their triggers; it is made if it is not there. It stays what it was at the first start.
 * @param locations Folders with the YAML files of changes.
 * @param approved Ids of the changes that may drop their old structure, as no version
 * that still runs needs it; * for all, as in a test.
 * @param disabled Ids of the changes that are not to begin. One that has begun can't be
 * among them, because Flyway misses its migration.
 * @param pollInterval How often to look for changes that may go on.
 * @param shutdownGrace Maximum time that a shutdown waits for the batches in hand.
 * @param lock How statements that change the structure ask for their locks.
 * @param backfill How existing rows are copied.
 * @param verify How the equality of both structures is proved.
 * @param contract How the old structure is dropped.
 * @param databases Further databases with changes of their own, by a name of your choice.
 * Each has flyway, the name of its Flyway bean (by default the name of the database with
 * Flyway behind it); data-source, the name of the DataSource bean with which the
 * application writes it (that of Flyway); and locations, the folders of its changes
 * (classpath:db/evolution- and the name of the database).
 */
@ConfigurationProperties("concertina")
public record ConcertinaProperties(@DefaultValue("true") boolean enabled, @DefaultValue("concertina") String schema,
		@DefaultValue("classpath:db/evolution") List<String> locations, @DefaultValue List<String> approved,
		@DefaultValue List<String> disabled, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("10s") Duration shutdownGrace, @DefaultValue Lock lock, @DefaultValue Backfill backfill,
		@DefaultValue Verify verify, @DefaultValue Contract contract, @DefaultValue Map<String, Database> databases) {

	private static final String ALL = "*";

	ConcertinaOptions options() {
		return ConcertinaOptions.defaults()
			.withSchema(schemaName())
			.withLocks(new LockOptions(this.lock.timeout, this.lock.budget, this.lock.patience))
			.withWorkers(new WorkerOptions(this.backfill.workers, this.backfill.batchTime, this.backfill.maxLockedRows,
					this.backfill.pause))
			.withMaxConnections(this.backfill.maxConnections)
			.withMaxPoisonRows(this.backfill.maxPoisonRows)
			.withMaxVerdictAge(this.verify.maxAge)
			.withSoak(this.contract.soak)
			.withPoll(this.pollInterval)
			.withTasks(new TaskOptions(this.backfill.transformThreads, this.backfill.transformTimeout,
					this.backfill.transformInterval));
	}

	StateSchemaName schemaName() {
		return StateSchemaName.of(this.schema);
	}

	Set<ChangeId> approvedChanges(List<ChangeId> all) {
		return this.approved.contains(ALL) ? Set.copyOf(all) : ids(this.approved);
	}

	Set<ChangeId> disabledChanges() {
		return ids(this.disabled);
	}

	private static Set<ChangeId> ids(List<String> ids) {
		return ids.stream().map(ChangeId::of).collect(Collectors.toSet());
	}

	/**
	 * How statements that change the structure ask for their locks.
	 *
	 * @param timeout Maximum time that a statement waits for a lock, and everybody behind
	 * it.
	 * @param budget Maximum time to go on trying before the start fails.
	 * @param patience Age from which a transaction on the table is waited for before a
	 * lock is asked for at all.
	 */
	public record Lock(@DefaultValue("500ms") Duration timeout, @DefaultValue("1m") Duration budget,
			@DefaultValue("1s") Duration patience) {

	}

	/**
	 * How existing rows are copied.
	 *
	 * @param enabled Whether this instance copies, compares and contracts in the
	 * background.
	 * @param workers Number of workers of this instance, each with a connection.
	 * @param batchTime How long the transaction of a batch should take.
	 * @param maxLockedRows Maximum number of rows that the batches of all workers of an
	 * instance hold locked at once.
	 * @param pause How long a worker rests between two batches.
	 * @param maxConnections Maximum number of connections that the workers of all changes
	 * use at once on this instance.
	 * @param maxPoisonRows Maximum number of rows of a step that can't be copied and are
	 * set aside; one more ends the run.
	 * @param transformThreads Number of rows that tasks in Java transform at once on this
	 * instance.
	 * @param transformTimeout Maximum time that the rows of a batch, which are locked
	 * meanwhile, are transformed; at most 20s.
	 * @param transformInterval How long the rows that the old version writes wait for the
	 * task that computes them.
	 */
	public record Backfill(@DefaultValue("true") boolean enabled, @DefaultValue("1") int workers,
			@DefaultValue("100ms") Duration batchTime, @DefaultValue("12000") int maxLockedRows,
			@DefaultValue("0ms") Duration pause, @DefaultValue("8") int maxConnections,
			@DefaultValue("100") int maxPoisonRows, @DefaultValue("4") int transformThreads,
			@DefaultValue("10s") Duration transformTimeout, @DefaultValue("10m") Duration transformInterval) {

	}

	/**
	 * How the equality of both structures is proved.
	 *
	 * @param maxAge Maximum age of the proof when the old structure is dropped; an older
	 * one is renewed.
	 */
	public record Verify(@DefaultValue("1d") Duration maxAge) {

	}

	/**
	 * How the old structure is dropped.
	 *
	 * @param soak How long the old structure is kept out of sight, where it can be
	 * brought back, before it is dropped. Starts anew when a statement misses it.
	 * @param watchFailures Whether statements of HikariCP's pools are noticed that fail
	 * because what they name is out of sight.
	 */
	public record Contract(@DefaultValue("1d") Duration soak, @DefaultValue("true") boolean watchFailures) {

	}

	/**
	 * A further database with changes of its own.
	 *
	 * @param flyway Name of the Flyway bean that migrates it, which is not to migrate by
	 * itself; without it, the name of the database with Flyway behind it.
	 * @param dataSource Name of the DataSource bean with which the application writes it;
	 * without it, that of Flyway.
	 * @param locations Folders with the YAML files of its changes; without them,
	 * classpath:db/evolution- and the name of the database.
	 */
	public record Database(@Nullable String flyway, @Nullable String dataSource, @Nullable List<String> locations) {

		String flywayOf(String name) {
			return (this.flyway != null) ? this.flyway : name + "Flyway";
		}

		List<String> locationsOf(String name) {
			return (this.locations != null) ? this.locations : List.of("classpath:db/evolution-" + name);
		}

	}

}
