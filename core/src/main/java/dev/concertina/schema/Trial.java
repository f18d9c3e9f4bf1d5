package dev.concertina.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Work on a connection that leaves no trace: what it has done is taken back at its end.
 */
final class Trial {

	private Trial() {
	}

	static <T> T of(Connection connection, Function<JdbcTemplate, T> work) throws SQLException {
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
