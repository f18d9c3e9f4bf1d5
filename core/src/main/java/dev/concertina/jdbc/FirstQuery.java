package dev.concertina.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * The query that a transaction begins with: it goes to the server together with what
 * begins the transaction.
 *
 * @param <T> what a row becomes
 * @param sql the query
 * @param parameters its parameters
 * @param mapper what makes something of its row
 */
public record FirstQuery<T>(String sql, List<Object> parameters, RowMapper<T> mapper) {

	public FirstQuery {
		parameters = List.copyOf(parameters);
	}

	/**
	 * Run a statement whose last part is the query.
	 * @return what became of its first row, nothing if there is none
	 */
	Optional<T> run(PreparedStatement statement) throws SQLException {
		for (int number = 0; number < this.parameters.size(); number++) {
			statement.setObject(number + 1, this.parameters.get(number));
		}
		ResultSet last = last(statement);
		return last.next() ? Optional.ofNullable(this.mapper.mapRow(last, 0)) : Optional.empty();
	}

	private static ResultSet last(PreparedStatement statement) throws SQLException {
		boolean rows = statement.execute();
		@Nullable ResultSet last = null;
		while (rows || statement.getUpdateCount() != -1) {
			last = rows ? statement.getResultSet() : null;
			rows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
		}
		return Objects.requireNonNull(last, "The query yields no rows");
	}

}
