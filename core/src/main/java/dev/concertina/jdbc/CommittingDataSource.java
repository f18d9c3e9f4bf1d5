package dev.concertina.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections on which a statement outside of transactions is committed, also
 * if they come from a pool with {@code auto-commit=false}, which would roll it back.
 */
final class CommittingDataSource extends DelegatingDataSource {

	CommittingDataSource(DataSource pool) {
		super(pool);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return committing(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return committing(super.getConnection(username, password));
	}

	private static Connection committing(Connection connection) throws SQLException {
		if (!connection.getAutoCommit()) {
			connection.setAutoCommit(true);
		}
		return connection;
	}

}
