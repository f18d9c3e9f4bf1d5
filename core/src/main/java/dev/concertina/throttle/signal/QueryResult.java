package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * A number that a query of the user returns, such as the disk space in use where a
 * managed server tells it: PostgreSQL itself does not.
 */
public final class QueryResult implements Signal {

	private final Probe probe;

	private final String name;

	private final String sql;

	private final Limit limit;

	/**
	 * Ask a query.
	 * @param dataSource the database
	 * @param name what the number is, such as {@code disk space}
	 * @param sql a query that returns one number, and reads only; NULL or no row means
	 * that nobody can tell
	 * @param limit the limit of the number
	 */
	public QueryResult(DataSource dataSource, String name, String sql, Limit limit) {
		this.probe = new Probe(dataSource);
		this.name = name;
		this.sql = sql;
		this.limit = limit;
	}

	@Override
	public Signal on(DataSource other) {
		return new QueryResult(other, this.name, this.sql, this.limit);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe.ask((jdbc) -> jdbc.sql(this.sql).query((row, number) -> {
			double value = row.getDouble(1);
			return row.wasNull() ? Advice.unknown("the query returns NULL") : judge(value);
		}).optional()).orElseGet(() -> Advice.unknown("the query returns no row"));
	}

	private Advice judge(double value) {
		return this.limit.judge(value,
				"%s (limit %s)".formatted(Units.number(value), Units.number(this.limit.slower())));
	}

}
