package dev.concertina.flyway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.Concertina;
import dev.concertina.change.ChangeId;
import dev.concertina.change.Definition;
import dev.concertina.execute.LockOptions;
import dev.concertina.execute.Preflight;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Blocker;
import dev.concertina.jdbc.SqlState;
import dev.concertina.throttle.StopSignal;

/**
 * Runs changes among the migrations of an application.
 *
 * <p>
 * At startup:
 * <ol>
 * <li>Refuse a state schema that does not know changes which were run, while another one
 * does; install the one that is meant.</li>
 * <li>Refuse edited changes, and compile those that come before any other pending
 * migration: all problems at once, nothing touched.</li>
 * <li>Migrate in version order, scripts and changes alike, each with the lock timeout; a
 * migration that got no lock is tried again within the budget.</li>
 * <li>In a database that was empty, bring each change to its end before the next
 * migration: there are no rows to copy, and nobody needs an old structure.</li>
 * </ol>
 */
public final class FlywayBridge {

	private static final Logger logger = LoggerFactory.getLogger(FlywayBridge.class);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

	private final Concertina concertina;

	private final List<Definition> definitions;

	private final LockOptions locks;

	/**
	 * Make a bridge.
	 * @param concertina what runs changes
	 * @param definitions the changes of the application
	 * @param locks how statements ask for their locks
	 */
	public FlywayBridge(Concertina concertina, List<Definition> definitions, LockOptions locks) {
		this.concertina = concertina;
		this.definitions = definitions.stream()
			.sorted(Comparator.comparing((definition) -> version(definition)))
			.toList();
		this.locks = locks;
	}

	/**
	 * Add the changes, and the lock timeout, to the migrations of an application.
	 * @param configuration the configuration of the application's Flyway
	 */
	public void configure(FluentConfiguration configuration) {
		configuration.javaMigrations(
				Stream
					.concat(Stream.of(configuration.getJavaMigrations()),
							this.definitions.stream()
								.map((definition) -> new ChangeMigration(this.concertina, definition)))
					.toArray(JavaMigration[]::new));
		configuration.callbacks(
				Stream.concat(Stream.of(configuration.getCallbacks()), Stream.of(new LockTimeoutCallback(this.locks)))
					.toArray(Callback[]::new));
	}

	/**
	 * Migrate, in place of {@link Flyway#migrate()}.
	 * @param flyway the application's Flyway, made from a configuration that went through
	 * {@link #configure(FluentConfiguration)}
	 */
	public void migrate(Flyway flyway) {
		DataSource dataSource = flyway.getConfiguration().getDataSource();
		MigrationInfoService history = flyway.info();
		new KnownElsewhere(dataSource, this.concertina.schema()).refuse(applied(history));
		StateSchema state = new StateSchema(dataSource, this.concertina.schema());
		state.install(flyway.getConfiguration(), history.applied().length > 0);
		new Preflight(state.jdbc(), this.concertina.tasks()).check(this.definitions, next(history), state.isFresh());
		if (state.isFresh()) {
			this.definitions.forEach((definition) -> migrateToEnd(flyway, state, definition));
		}
		migrateWithRetry(flyway);
		state.endFirstStart();
	}

	private List<ChangeId> applied(MigrationInfoService history) {
		Set<MigrationVersion> applied = Stream.of(history.applied())
			.filter((migration) -> migration.getState() == MigrationState.SUCCESS
					|| migration.getState() == MigrationState.OUT_OF_ORDER)
			.filter(MigrationInfo::isVersioned)
			.map(MigrationInfo::getVersion)
			.collect(Collectors.toSet());
		return this.definitions.stream()
			.filter((definition) -> applied.contains(version(definition)))
			.map((definition) -> definition.change().id())
			.toList();
	}

	private List<Definition> next(MigrationInfoService history) {
		List<Definition> next = new ArrayList<>();
		for (MigrationInfo pending : history.pending()) {
			List<Definition> change = this.definitions.stream()
				.filter((definition) -> version(definition).equals(pending.getVersion()))
				.toList();
			if (change.isEmpty()) {
				return next;
			}
			next.addAll(change);
		}
		return next;
	}

	private void migrateToEnd(Flyway flyway, StateSchema state, Definition definition) {
		migrateWithRetry(Flyway.configure(flyway.getConfiguration().getClassLoader())
			.configuration(flyway.getConfiguration())
			.target(version(definition))
			.load());
		if (state.isWithin(flyway.getConfiguration(), definition.change().id())) {
			this.concertina.run(definition.change().id());
		}
	}

	private void migrateWithRetry(Flyway flyway) {
		long start = System.nanoTime();
		StopSignal never = new StopSignal();
		for (int attempt = 1;; attempt++) {
			try {
				flyway.migrate();
				return;
			}
			catch (FlywayException ex) {
				Duration spent = Duration.ofNanos(System.nanoTime() - start);
				if (!mayRetry(ex)) {
					throw cause(ex);
				}
				if (spent.compareTo(this.locks.budget()) > 0) {
					throw noLock(flyway, attempt, spent, ex);
				}
				Duration pause = Duration.ofMillis(ThreadLocalRandom.current()
					.nextLong(50, Math.min(MAX_PAUSE.toMillis(), 100L << Math.min(attempt, 8))));
				logger.warn("A migration got no lock and was rolled back; attempt {} follows in {}: {}", attempt + 1,
						pause, ex.getMessage());
				never.pause(pause);
			}
		}
	}

	private static boolean mayRetry(FlywayException failure) {
		return failure instanceof FlywayMigrateException migration && migration.isExecutableInTransaction()
				&& concertinaCause(failure) == null && SqlState.isLockFailure(failure);
	}

	private static ConcertinaException noLock(Flyway flyway, int attempts, Duration time, FlywayException cause) {
		List<Blocker> blockers = Blocker.anywhere(new JdbcTemplate(flyway.getConfiguration().getDataSource()),
				Duration.ofMillis(500));
		return new ConcertinaException(
				"A migration got no lock in %d attempts over %.1f s; long transactions: %s. %s".formatted(attempts,
						time.toMillis() / 1000.0, blockers, cause.getMessage()),
				"End these transactions or wait for them, then start again; the migration was rolled back.", cause);
	}

	/**
	 * Return what a failure of Flyway is about.
	 */
	static RuntimeException cause(FlywayException failure) {
		ConcertinaException ours = concertinaCause(failure);
		return (ours != null) ? ours : failure;
	}

	private static @Nullable ConcertinaException concertinaCause(Throwable failure) {
		for (@Nullable
		Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConcertinaException ours) {
				return ours;
			}
		}
		return null;
	}

	private static MigrationVersion version(Definition definition) {
		return MigrationVersion.fromVersion(definition.change().version().value());
	}

}
