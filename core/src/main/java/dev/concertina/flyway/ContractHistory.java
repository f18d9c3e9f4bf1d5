package dev.concertina.flyway;

import java.sql.Connection;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.execute.DdlRunner;
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

	/** Another instance may be at the same step, which may be a validation of hours. */
	private static final int FOR_EVER = -1;

	/**
	 * Only a step outside of transactions leaves one: its next attempt cleans up first.
	 */
	private static final String FORGET_FAILED = """
			DELETE FROM concertina.contract_history WHERE NOT success""";

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
		Flyway flyway = flyway(new StepMigration(change, phase, number, step, execution));
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
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(this.database.dataSource())
			.schemas(StateSchema.NAME)
			.table(TABLE)
			.locations(new String[0])
			.javaMigrations(step)
			.baselineOnMigrate(true)
			.validateOnMigrate(false)
			.lockRetryCount(FOR_EVER);
		// CREATE INDEX CONCURRENTLY waits for every open transaction, Flyway's own
		// included
		PostgreSQLConfigurationExtension postgresql = configuration.getPluginRegister()
			.getExact(PostgreSQLConfigurationExtension.class);
		postgresql.setTransactionalLock(false);
		return configuration.load();
	}

}
