package dev.concertina.throttle.signal;

import java.util.Map;
import java.util.function.Function;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.concertina.jdbc.Database;

/**
 * Asks a server how it is, without being a burden to it: read-only, and given up soon.
 */
final class Probe {

	/** An answer that takes longer says enough of the server, and nothing to a worker. */
	private static final Map<String, String> SETTINGS = Map.of("statement_timeout", "1s", "lock_timeout", "100ms",
			"transaction_read_only", "on");

	private final Database database;

	Probe(DataSource dataSource) {
		this.database = new Database(dataSource);
	}

	/**
	 * Ask in a transaction of its own.
	 */
	<T> T ask(Function<JdbcClient, T> question) {
		return this.database.inTransaction(SETTINGS, (jdbc) -> question.apply(JdbcClient.create(jdbc)));
	}

}
