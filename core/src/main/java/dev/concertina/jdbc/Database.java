package dev.concertina.jdbc;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.concertina.schema.Identifier;
import dev.concertina.schema.StateSchemaName;

/**
 * A PostgreSQL database, with transactions of its own: always new, always
 * {@code READ COMMITTED}, whatever the caller is in.
 */
public final class Database {

	private static final String SET_LOCAL = """
			SELECT set_config(name, value, true) FROM unnest(?::text[], ?::text[]) AS setting (name, value)""";

	private final DataSource dataSource;

	private final StateJdbc jdbc;

	private final TransactionTemplate transactions;

	/**
	 * Use a data source, with the state where it is if nothing else is said.
	 * @param dataSource where connections come from
	 */
	public Database(DataSource dataSource) {
		this(dataSource, StateSchemaName.DEFAULT);
	}

	/**
	 * Use a data source.
	 * @param dataSource where connections come from
	 * @param schema where the state is
	 */
	public Database(DataSource dataSource, StateSchemaName schema) {
		this.dataSource = new CommittingDataSource(dataSource);
		this.jdbc = new StateJdbc(this.dataSource, schema);
		this.transactions = new TransactionTemplate(new DataSourceTransactionManager(this.dataSource));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Return a template on one connection, whose transaction is the caller's.
	 * @param connection the connection, which stays open
	 * @return the template
	 */
	public static JdbcTemplate on(Connection connection) {
		return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
	}

	/**
	 * Set settings until the end of the transaction, all in one round trip.
	 * @param jdbc the template of the transaction
	 * @param settings name and value of each setting
	 */
	public static void setLocal(JdbcTemplate jdbc, Map<String, String> settings) {
		String[] names = settings.keySet().toArray(String[]::new);
		String[] values = settings.values().toArray(String[]::new);
		JdbcClient.create(jdbc).sql(SET_LOCAL).param(names).param(values).query(String.class).list();
	}

	/**
	 * Run statements outside of transactions that may wait and work for as long as they
	 * need, whatever the role or the pool has set: only for those that let others read
	 * and write meanwhile.
	 * @param jdbc the template of one connection
	 * @param statements the statements
	 */
	public static void withoutTimeouts(JdbcTemplate jdbc, List<String> statements) {
		try (Timeouts before = Timeouts.of(jdbc)) {
			before.set("0", "0");
			statements.forEach(jdbc::execute);
		}
	}

	/**
	 * Return where connections come from, which commit what is not in a transaction.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return a template outside of transactions.
	 * @return the template
	 */
	public StateJdbc jdbc() {
		return this.jdbc;
	}

	/**
	 * Do something in a transaction.
	 * @param <T> what it yields
	 * @param work what to do with the template of the transaction
	 * @return what the work yields
	 */
	public <T> T inTransaction(Function<StateJdbc, T> work) {
		return inTransaction(Map.of(), work);
	}

	/**
	 * Do something in a transaction with settings of its own.
	 * @param <T> what it yields
	 * @param settings name and value of each setting
	 * @param work what to do with the template of the transaction
	 * @return what the work yields
	 */
	public <T> T inTransaction(Map<String, String> settings, Function<StateJdbc, T> work) {
		String begin = begin(settings);
		return inTransaction(() -> {
			this.jdbc.execute(begin);
			return work.apply(this.jdbc);
		});
	}

	/**
	 * Do something in a transaction with settings of its own.
	 * @param <R> what the first query finds
	 * @param <T> what it yields
	 * @param settings name and value of each setting
	 * @param first the query that it begins with
	 * @param work what to do with the template of the transaction and with what the query
	 * has found
	 * @return what the work yields
	 */
	public <R, T> T inTransaction(Map<String, String> settings, FirstQuery<R> first,
			BiFunction<StateJdbc, Optional<R>, T> work) {
		String begin = "%s; %s".formatted(begin(settings), this.jdbc.stateSql(first.sql()));
		return inTransaction(() -> {
			Optional<R> found = this.jdbc.execute(begin, (PreparedStatementCallback<Optional<R>>) first::run);
			return work.apply(this.jdbc, Objects.requireNonNull(found));
		});
	}

	private <T> T inTransaction(Supplier<T> work) {
		try {
			return this.transactions.execute((status) -> work.get());
		}
		catch (TransactionSystemException ex) {
			throw firstFailure(ex);
		}
	}

	/**
	 * Do something in a transaction.
	 * @param work what to do with the template of the transaction
	 */
	public void inTransactionWithoutResult(Consumer<StateJdbc> work) {
		inTransaction((jdbc) -> {
			work.accept(jdbc);
			return true;
		});
	}

	/**
	 * All in one round trip, with the {@code BEGIN} of the driver; to let the driver set
	 * the isolation would cost one more.
	 */
	private static String begin(Map<String, String> settings) {
		String isolation = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
		return settings.isEmpty() ? isolation
				: settings.entrySet()
					.stream()
					.map((setting) -> "set_config(%s, %s, true)".formatted(Identifier.literal(setting.getKey()),
							Identifier.literal(setting.getValue())))
					.collect(Collectors.joining(", ", isolation + "; SELECT ", ""));
	}

	/**
	 * On a lost connection the rollback fails too, and says less than what failed first.
	 */
	private static RuntimeException firstFailure(TransactionSystemException last) {
		if (last.getApplicationException() instanceof RuntimeException first) {
			first.addSuppressed(last);
			return first;
		}
		return last;
	}

	/**
	 * The timeouts of a session; closing sets them again.
	 */
	private record Timeouts(JdbcTemplate jdbc, String lock, String statement) implements AutoCloseable {

		static Timeouts of(JdbcTemplate jdbc) {
			return JdbcClient.create(jdbc)
				.sql("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
				.query((row, number) -> new Timeouts(jdbc, row.getString(1), row.getString(2)))
				.single();
		}

		void set(String lockTimeout, String statementTimeout) {
			JdbcClient.create(this.jdbc)
				.sql("SELECT set_config('lock_timeout', ?, false), set_config('statement_timeout', ?, false)")
				.params(lockTimeout, statementTimeout)
				.query()
				.singleRow();
		}

		@Override
		public void close() {
			set(this.lock, this.statement);
		}

	}

}
