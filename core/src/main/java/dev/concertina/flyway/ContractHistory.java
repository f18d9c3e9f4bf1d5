package dev.concertina.flyway;

import java.sql.Connection;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.execute.DdlRunner;
import dev.concertina.execute.StepInProgressException;
import dev.concertina.jdbc.Database;
import dev.concertina.plan.Ddl;
import dev.concertina.plan.Phase;
import dev.concertina.state.ChangeRecord;

/**
 * The second Flyway history, {@code concertina.contract_history}: what runs after the
 * backfill and at the contract, once, whichever instance comes first.
 */
public final class ContractHistory implements DdlRunner {

	private static final String TABLE = "contract_history";

	/**
	 * Only a step outside of transactions leaves one: its next attempt cleans up first.
	 */
	private static final String FORGET_FAILED = """
			DELETE FROM concertina.contract_history WHERE NOT success""";

	private static final String IS_DONE = """
			SELECT EXISTS (SELECT FROM concertina.contract_history WHERE description = ? AND checksum = ? AND success)""";

	/**
	 * Held while a step runs, so that another instance need not wait in Flyway, where
	 * nothing could stop it.
	 */
	private static final String TRY_LOCK = """
			SELECT pg_try_advisory_lock(hashtextextended('concertina.contract_history', 0))""";

	private static final String UNLOCK = """
			SELECT pg_advisory_unlock(hashtextextended('concertina.contract_history', 0))""";

	private final Database database;

	private ContractHistory(DataSource dataSource) {
		this.database = new Database(dataSource);
	}

	/**
	 * Return the history of a database.
	 * @param dataSource the database
	 * @return the history
	 */
	public static ContractHistory of(DataSource dataSource) {
		return new ContractHistory(dataSource);
	}

	@Override
	public void once(ChangeRecord change, Phase phase, int number, Ddl step, Consumer<Connection> execution) {
		this.database.jdbc().execute((ConnectionCallback<Boolean>) (connection) -> {
			JdbcTemplate lock = Database.on(connection);
			if (!Boolean.TRUE.equals(lock.queryForObject(TRY_LOCK, Boolean.class))) {
				throw new StepInProgressException(change, step);
			}
			try {
				migrate(new StepMigration(change, phase, number, step, execution));
				return true;
			}
			finally {
				lock.queryForObject(UNLOCK, Boolean.class);
			}
		});
	}

	@Override
	public boolean isDone(ChangeRecord change, Phase phase, int number, Ddl step) {
		StepMigration migration = new StepMigration(change, phase, number, step, (connection) -> {
		});
		JdbcClient client = JdbcClient.create(this.database.jdbc());
		return client.sql("SELECT to_regclass('concertina.contract_history') IS NOT NULL").query(Boolean.class).single()
				&& client.sql(IS_DONE)
					.params(migration.getDescription(), migration.getChecksum())
					.query(Boolean.class)
					.single();
	}

	private void migrate(StepMigration step) {
		Flyway flyway = flyway(step);
		try {
			if (Stream.of(flyway.info().all()).anyMatch((applied) -> applied.getState().isFailed())) {
				JdbcClient.create(this.database.jdbc()).sql(FORGET_FAILED).update();
			}
			flyway.migrate();
		}
		catch (FlywayException ex) {
			throw FlywayBridge.cause(ex);
		}
	}

	private Flyway flyway(StepMigration step) {
		return OneConnection
			.of(Flyway.configure()
				.dataSource(this.database.dataSource())
				.schemas(StateSchema.NAME)
				.table(TABLE)
				.locations(new String[0])
				.javaMigrations(step)
				.baselineOnMigrate(true)
				.validateOnMigrate(false))
			.load();
	}

}
