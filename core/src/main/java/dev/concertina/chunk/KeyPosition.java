package dev.concertina.chunk;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A place in a range of keys. It is a value: the row that had it may be gone.
 *
 * @param key the key
 * @param nextKey the last key that is done, {@code null} before the first one of the
 * table
 * @param end the last key of the range
 * @param units what the range counts for in the progress
 * @param unitsDone how many of them are done
 */
record KeyPosition(Key key, @Nullable List<String> nextKey, List<String> end, long units,
		long unitsDone) implements Position {

	@Override
	public Unit unit() {
		return Unit.ROW;
	}

	@Override
	public Head head(JdbcTemplate jdbc, String relation, long most) {
		KeyWalk walk = new KeyWalk(jdbc, relation, this.key);
		KeyRange left = new KeyRange(this.key, this.nextKey, this.end, 0);
		Optional<List<String>> last = walk.key(left, most);
		List<String> end = last.orElse(this.end);
		long rows = last.isPresent() ? most : walk.count(left);
		return new Head(new KeyRange(this.key, this.nextKey, end, rows), new KeyPosition(this.key, end, this.end,
				this.units, end.equals(this.end) ? this.units : Math.min(this.units, this.unitsDone + rows)));
	}

	@Override
	public @Nullable Long nextBlock() {
		return null;
	}

	@Override
	public int pass() {
		return 0;
	}

	@Override
	public int passes() {
		return 1;
	}

	@Override
	public KeyPosition inOnePass() {
		return this;
	}

}
