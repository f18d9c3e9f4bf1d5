package dev.concertina.chunk;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads keys of a table in their order.
 *
 * @param jdbc the template of the transaction
 * @param relation the table, view or leaf partition, quoted
 * @param key the key
 */
record KeyWalk(JdbcTemplate jdbc, String relation, Key key) {

	private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

	/**
	 * Return a key of a range.
	 * @param number which one, from 1
	 * @return the key, or nothing if there are fewer
	 */
	Optional<List<String>> key(KeyRange range, long number) {
		return first(
				"WHERE %s ORDER BY %s OFFSET %d LIMIT 1".formatted(range.condition(), this.key.order(), number - 1));
	}

	/**
	 * Return the last key of the table, or nothing if it is empty.
	 */
	Optional<List<String>> last() {
		return first("ORDER BY %s LIMIT 1".formatted(this.key.orderFromTheEnd()));
	}

	private Optional<List<String>> first(String clauses) {
		return query("SELECT %s FROM ONLY %s AS source %s".formatted(this.key.texts(), this.relation, clauses)).stream()
			.findFirst();
	}

	/**
	 * Return the key of the row at a place.
	 */
	Optional<List<String>> at(String place) {
		return first("WHERE " + place);
	}

	/**
	 * Return all keys of a range.
	 */
	List<List<String>> keys(KeyRange range) {
		return query("SELECT %1$s FROM ONLY %2$s AS source WHERE %3$s GROUP BY %4$s ORDER BY %4$s"
			.formatted(this.key.texts(), this.relation, range.condition(), this.key.order()));
	}

	private List<List<String>> query(String sql) {
		return this.jdbc.query(sql, (row, number) -> this.key.values(row));
	}

	long count(KeyRange range) {
		return count(range.condition());
	}

	/**
	 * Return how many rows have no place in the order.
	 */
	long countNulls() {
		return count(this.key.hasNull());
	}

	private long count(String condition) {
		return this.jdbc
			.query("SELECT count(*) FROM ONLY %s AS source WHERE %s".formatted(this.relation, condition),
					(row, number) -> row.getLong(1))
			.get(0);
	}

	/**
	 * Return how many rows the planner expects, whatever kind of relation it is.
	 * @return a number, at least 1
	 */
	long estimate() {
		String plan = this.jdbc
			.query("EXPLAIN SELECT FROM ONLY %s AS source".formatted(this.relation), (row, number) -> row.getString(1))
			.get(0);
		Matcher rows = ROWS.matcher(plan);
		return rows.find() ? Math.max(1, Long.parseLong(rows.group(1))) : 1;
	}

}
