package dev.concertina.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Reads the {@code application_name} that the sessions of data sources have.
 */
final class SessionNames {

	private static final String POSTGRESQL = "PostgreSQL";

	private SessionNames() {
	}

	/**
	 * Return all names.
	 * @throws DataAccessResourceFailureException if a database can't be reached
	 */
	static Set<String> of(Collection<DataSource> dataSources) {
		Set<String> names = new HashSet<>();
		for (DataSource dataSource : dataSources) {
			try (Connection connection = dataSource.getConnection()) {
				if (POSTGRESQL.equals(connection.getMetaData().getDatabaseProductName())) {
					names.add(name(connection));
				}
			}
			catch (SQLException ex) {
				throw new DataAccessResourceFailureException("The name of its sessions can't be read", ex);
			}
		}
		return names;
	}

	private static String name(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT current_setting('application_name')")) {
			row.next();
			return row.getString(1);
		}
	}

}
