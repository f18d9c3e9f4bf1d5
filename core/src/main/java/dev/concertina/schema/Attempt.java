package dev.concertina.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A statement of which only the objection of PostgreSQL is of interest.
 *
 * <p>
 * A connection pool may take "feature not supported" (0A000) for the end of a connection,
 * and close it: HikariCP does. So that objection is raised as another one.
 */
final class Attempt {

	private Attempt() {
	}

	/**
	 * Return the objection to a statement, or nothing if it is accepted.
	 */
	static Optional<String> at(JdbcTemplate jdbc, String sql) {
		return Objects.requireNonNull(jdbc.execute((Connection connection) -> at(connection, sql)));
	}

	private static Optional<String> at(Connection connection, String sql) throws SQLException {
		Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
		try (Statement statement = connection.createStatement()) {
			statement.execute("DO " + Identifier.literal("""
					BEGIN
					  EXECUTE %s;
					EXCEPTION WHEN feature_not_supported THEN
					  RAISE EXCEPTION '%%', SQLERRM;
					END""".formatted(Identifier.literal(sql))));
			return Optional.empty();
		}
		catch (SQLException ex) {
			if (before != null) {
				connection.rollback(before);
			}
			return String.valueOf(ex.getMessage()).lines().findFirst().or(() -> Optional.of(ex.getSQLState()));
		}
	}

}
