package dev.concertina.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the server says of types and expressions, without running them.
 */
final class JdbcTypes {

	/** A domain may be over another one. */
	private static final String CONSTRAINED = """
			WITH RECURSIVE domain AS (SELECT t.oid, t.typbasetype, t.typnotnull
			                            FROM pg_catalog.pg_type t
			                           WHERE t.oid = pg_catalog.to_regtype(?)::oid AND t.typtype = 'd'
			                           UNION ALL
			                          SELECT t.oid, t.typbasetype, t.typnotnull
			                            FROM domain
			                            JOIN pg_catalog.pg_type t ON t.oid = domain.typbasetype AND t.typtype = 'd')
			SELECT EXISTS (SELECT FROM domain
			                WHERE typnotnull OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.contypid = domain.oid))""";

	private static final String VOLATILE = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE provolatile = 'v' AND proname = ANY (?::text[]))""";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	JdbcTypes(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	boolean exists(SqlType type) {
		return attempt("EXPLAIN SELECT CAST(NULL AS %s)".formatted(type)).isEmpty();
	}

	boolean isConstrained(SqlType type) {
		return this.client.sql(CONSTRAINED).param(type.sql()).query(Boolean.class).single();
	}

	boolean isVolatile(Collection<String> functions) {
		return this.client.sql(VOLATILE).param(functions.toArray(String[]::new)).query(Boolean.class).single();
	}

	Optional<String> objection(SqlExpression expression, Table table, SqlType type) {
		// in WHERE, as nothing is allowed there that is more than a value of one row
		String columns = table.columns()
			.stream()
			.map((column) -> "CAST(NULL AS %s) AS %s".formatted(column.type(), column.name().quoted()))
			.collect(Collectors.joining(", "));
		return attempt("EXPLAIN SELECT FROM (SELECT %3$s) AS source WHERE CAST(%1$s AS %2$s) IS NULL"
			.formatted(expression.enclosed(), type, columns));
	}

	List<String> labels(SqlType type) {
		return this.client.sql("""
				SELECT enumlabel
				  FROM pg_catalog.pg_enum
				 WHERE enumtypid = pg_catalog.to_regtype(?)::oid
				 ORDER BY enumsortorder""").param(type.sql()).query((row, number) -> row.getString(1)).list();
	}

	SqlExpression computed(SqlExpression value, ColumnName column, SqlType from, SqlExpression expression, SqlType to) {
		return SqlExpression.of(this.client
			.sql("SELECT format('%%L::%%s', CAST(%s AS %s)::text, %s) FROM (SELECT CAST(%s AS %s) AS %s) AS source"
				.formatted(expression.enclosed(), to, Identifier.literal(to.sql()), value.enclosed(), from,
						column.quoted()))
			.query((row, number) -> row.getString(1))
			.single());
	}

	/**
	 * Return whether a value of a type may be followed by a clause.
	 */
	boolean accepts(SqlType type, String clause) {
		return attempt("EXPLAIN SELECT CAST(NULL AS %s)%s".formatted(type, clause)).isEmpty();
	}

	private Optional<String> attempt(String sql) {
		return Objects.requireNonNull(this.jdbc.execute((Connection connection) -> attempt(connection, sql)));
	}

	private static Optional<String> attempt(Connection connection, String sql) throws SQLException {
		Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
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
