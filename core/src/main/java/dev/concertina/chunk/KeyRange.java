package dev.concertina.chunk;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.concertina.plan.RowRange;

/**
 * The rows between two keys.
 *
 * @param key the key
 * @param after the key that they are behind, {@code null} for the start of the table
 * @param upTo the last key
 * @param size how many rows there are
 */
record KeyRange(Key key, @Nullable List<String> after, List<String> upTo, long size) implements Part {

	@Override
	public Unit unit() {
		return Unit.ROW;
	}

	@Override
	public RowRange rows() {
		return RowRange.of(condition());
	}

	String condition() {
		String behind = (this.after != null) ? this.key.compared(">", this.after) + " AND " : "";
		return behind + this.key.compared("<=", this.upTo);
	}

	@Override
	public SingleRows singleRows(JdbcTemplate jdbc, String relation) {
		return new KeyRows(this, new KeyWalk(jdbc, relation, this.key).keys(this));
	}

}
