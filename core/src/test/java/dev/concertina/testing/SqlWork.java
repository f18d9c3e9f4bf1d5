package dev.concertina.testing;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a session does on its connection.
 */
@FunctionalInterface
public interface SqlWork {

	static SqlWork of(String sql) {
		return (connection) -> {
			try (var statement = connection.createStatement()) {
				statement.execute(sql);
			}
		};
	}

	void run(Connection connection) throws SQLException;

}
