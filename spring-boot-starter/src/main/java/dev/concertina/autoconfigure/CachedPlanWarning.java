package dev.concertina.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Warns if pgjdbc is set up so that a {@code SELECT *} that it has prepared fails inside
 * a transaction once a column came or went.
 */
final class CachedPlanWarning implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(CachedPlanWarning.class);

	private final List<DataSource> dataSources;

	/**
	 * Make the warning.
	 * @param dataSources how the application writes the databases that change
	 */
	CachedPlanWarning(List<DataSource> dataSources) {
		this.dataSources = List.copyOf(dataSources);
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.dataSources.forEach(CachedPlanWarning::warn);
	}

	private static void warn(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			if (connection.isWrapperFor(PGConnection.class) && isInDanger(connection.unwrap(PGConnection.class))) {
				logger.warn("Statements that are prepared on the server may fail with 'cached plan must not change "
						+ "result type' when a change adds or drops a column; add autosave=conservative to the JDBC URL");
			}
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The settings of the driver can't be read", ex);
		}
	}

	private static boolean isInDanger(PGConnection connection) {
		return connection.getAutosave() == AutoSave.NEVER && connection.getPrepareThreshold() > 0
				&& connection.getPreferQueryMode() != PreferQueryMode.SIMPLE;
	}

}
