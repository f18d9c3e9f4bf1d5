package dev.concertina.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Work of which nothing is ever committed, whatever the transaction of its connection is.
 */
final class RolledBack {

	private RolledBack() {
	}

	static <T> T run(Connection connection, Function<JdbcTemplate, T> work) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		Savepoint before = connection.setSavepoint();
		try {
			return work.apply(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
		}
		finally {
			connection.rollback(before);
			if (autoCommit) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

}
