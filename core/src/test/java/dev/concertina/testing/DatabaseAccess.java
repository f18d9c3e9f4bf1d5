package dev.concertina.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * What it takes to connect to a database, in this JVM or in a child of it.
 */
public record DatabaseAccess(String url, String user, String password) {

	/**
	 * Neither UTC nor a whole hour away from it.
	 */
	static final String TIME_ZONE = "America/St_Johns";

	/**
	 * The driver starts each session in the zone of its JVM, so the default of the
	 * database is not enough.
	 */
	static final String INIT_SQL = "SET timezone = '%s'".formatted(TIME_ZONE);

	private static final String PREFIX = "concertina.test.database.";

	/**
	 * Returns the access that the parent JVM handed over as system properties.
	 */
	public static DatabaseAccess handedOver() {
		return new DatabaseAccess(handedOver("url"), handedOver("user"), handedOver("password"));
	}

	Map<String, String> asSystemProperties() {
		return Map.of(PREFIX + "url", this.url, PREFIX + "user", this.user, PREFIX + "password", this.password);
	}

	/**
	 * Opens a connection in auto-commit mode, visible to the server under the given name.
	 */
	public Connection connect(String applicationName) {
		Properties properties = new Properties();
		properties.setProperty("user", this.user);
		properties.setProperty("password", this.password);
		properties.setProperty("ApplicationName", applicationName);
		try {
			return initialised(DriverManager.getConnection(this.url, properties));
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("No connection to " + this.url, ex);
		}
	}

	/**
	 * Returns a pool of up to ten connections, opened when they are needed.
	 */
	public HikariDataSource pool(String applicationName) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.url);
		pool.setUsername(this.user);
		pool.setPassword(this.password);
		pool.setConnectionInitSql(INIT_SQL);
		pool.addDataSourceProperty("ApplicationName", applicationName);
		pool.setMaximumPoolSize(10);
		pool.setMinimumIdle(0);
		return pool;
	}

	private static Connection initialised(Connection connection) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute(INIT_SQL);
			return connection;
		}
		catch (SQLException ex) {
			JdbcUtils.closeConnection(connection);
			throw ex;
		}
	}

	private static String handedOver(String name) {
		String value = System.getProperty(PREFIX + name);
		if (value == null) {
			throw new IllegalStateException(
					"This JVM was given no -D%s%s; start it with JvmLaunch.of(...).with(database)".formatted(PREFIX,
							name));
		}
		return value;
	}

}
