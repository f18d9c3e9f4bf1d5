package dev.concertina.flyway;

import java.sql.Connection;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;

import dev.concertina.execute.DdlRunner;
import dev.concertina.execute.StepInProgressException;
import dev.concertina.failure.ConcertinaException;
import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
import dev.concertina.state.ChangeRecord;

/**
 * The second Flyway history, {@code contract_history}: what runs after the backfill and
 * at the contract, once, whichever instance comes first.
 */
public final class ContractHistory implements DdlRunner {

	private static final Logger logger = LoggerFactory.getLogger(ContractHistory.class);

	private static final String TABLE = "contract_history";

	private static final String EXISTS = "SELECT to_regclass('{state}.contract_history') IS NOT NULL";

	/**
	 * Only a step outside of transactions leaves one: its next attempt cleans up first.
	 */
	private static final String FORGET_FAILED = """
			DELETE FROM {state}.contract_history WHERE NOT success""";

	private static final String IS_DONE = """
			SELECT EXISTS (SELECT FROM {state}.contract_history WHERE description = ? AND checksum = ? AND success)""";

	private static final String FORGET = """
			DELETE FROM {state}.contract_history WHERE description = ? AND checksum = ?""";

	/**
	 * Held while a step runs, so that another instance need not wait in Flyway, where
	 * nothing could stop it.
	 */
	private static final String TRY_LOCK = """
			SELECT pg_try_advisory_lock(hashtextextended('{state}.contract_history', 0))""";

	private static final String UNLOCK = """
			SELECT pg_advisory_unlock(hashtextextended('{state}.contract_history', 0))""";

	/** What Flyway says when its session does not hold the lock that it has taken. */
	private static final String LOCK_IS_GONE = "Unable to release PostgreSQL advisory lock";

	private final Database database;

	private ContractHistory(DataSource dataSource, StateSchemaName schema) {
		this.database = new Database(dataSource, schema);
	}

	/**
	 * Return the history of a database, with the state where it is if nothing else is
	 * said.
	 * @param dataSource the database
	 * @return the history
	 */
	public static ContractHistory of(DataSource dataSource) {
		return of(dataSource, StateSchemaName.DEFAULT);
	}

	/**
	 * Return the history of a database.
	 * @param dataSource the database
	 * @param schema where the state is
	 * @return the history
	 */
	public static ContractHistory of(DataSource dataSource, StateSchemaName schema) {
		return new ContractHistory(dataSource, schema);
	}

	@Override
	public void once(ChangeRecord change, Phase phase, int number, Ddl step, Consumer<Connection> execution) {
		this.database.jdbc().execute((ConnectionCallback<Boolean>) (connection) -> {
			StateJdbc lock = StateJdbc.on(connection, this.database.jdbc().schema());
			if (!lock.state(TRY_LOCK).query(Boolean.class).single()) {
				throw new StepInProgressException(change, step);
			}
			try {
				migrate(new StepMigration(change, phase, number, step, execution));
				return true;
			}
			finally {
				if (!lock.state(UNLOCK).query(Boolean.class).single()) {
					logger.warn("{} - {}", change.id(), lockIsGone(null).getMessage());
				}
			}
		});
	}

	@Override
	public boolean isDone(ChangeRecord change, Phase phase, int number, Ddl step) {
		StepMigration migration = named(change, phase, number, step);
		return exists() && this.database.jdbc()
			.state(IS_DONE)
			.params(migration.getDescription(), migration.getChecksum())
			.query(Boolean.class)
			.single();
	}

	@Override
	public void forget(StateJdbc jdbc, ChangeRecord change, Phase phase, int number, Ddl step) {
		StepMigration migration = named(change, phase, number, step);
		jdbc.state(FORGET).params(migration.getDescription(), migration.getChecksum()).update();
	}

	private static StepMigration named(ChangeRecord change, Phase phase, int number, Ddl step) {
		return new StepMigration(change, phase, number, step, (connection) -> {
		});
	}

	private boolean exists() {
		return this.database.jdbc().state(EXISTS).query(Boolean.class).single();
	}

	private void migrate(StepMigration step) {
		if (exists()) {
			this.database.jdbc().state(FORGET_FAILED).update();
		}
		try {
			flyway(step).migrate();
		}
		catch (FlywayException ex) {
			if (String.valueOf(ex.getMessage()).contains(LOCK_IS_GONE)) {
				throw lockIsGone(ex);
			}
			throw FlywayBridge.cause(ex);
		}
	}

	private static ConcertinaException lockIsGone(@Nullable FlywayException cause) {
		return new ConcertinaException(
				"The session that ran a step is not the one that it began with: a pooler such as PgBouncer gives out another one for each transaction",
				"Give Flyway a connection to the server itself, by spring.flyway.url or @FlywayDataSource, then resume the change.",
				cause);
	}

	private Flyway flyway(StepMigration step) {
		return OneConnection
			.of(Flyway.configure()
				.dataSource(this.database.dataSource())
				.schemas(this.database.jdbc().schema().value())
				.createSchemas(false)
				.table(TABLE)
				.locations(new String[0])
				.javaMigrations(step)
				.baselineOnMigrate(true)
				.validateOnMigrate(false))
			.load();
	}

}
