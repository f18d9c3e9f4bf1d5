package dev.concertina.chunk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.concertina.jdbc.StateJdbc;

/**
 * Stores how far a table is cut into ranges of keys, and these ranges.
 */
final class KeysetStore {

	private static final String FIND = """
			SELECT key_columns, key_types, planned_key, last_key, chunk_rows, units_left
			  FROM {state}.keyset
			 WHERE change_id = ? AND phase = ? AND step = ? AND relation = to_regclass(?)""";

	private static final String ADD = """
			INSERT INTO {state}.keyset (change_id, phase, step, relation, key_columns, key_types, last_key, chunk_rows, units_left)
			VALUES (?, ?, ?, ?::regclass, ?, ?, ?, ?, ?)""";

	private static final String ADD_CHUNK = """
			INSERT INTO {state}.chunk (change_id, phase, step, relation, units, key_columns, key_types, first_key, next_key, end_key)
			SELECT change_id, phase, step, relation, ?, key_columns, key_types, planned_key, planned_key, ?
			  FROM {state}.keyset
			 WHERE change_id = ? AND phase = ? AND step = ? AND relation = to_regclass(?)""";

	private static final String MOVE = """
			UPDATE {state}.keyset
			   SET planned_key = ?, units_left = units_left - ?
			 WHERE change_id = ? AND phase = ? AND step = ? AND relation = to_regclass(?)""";

	private final StateJdbc jdbc;

	private final ChunkTask task;

	private final String relation;

	KeysetStore(StateJdbc jdbc, ChunkTask task, String relation) {
		this.jdbc = jdbc;
		this.task = task;
		this.relation = relation;
	}

	Optional<Keyset> find() {
		return this.jdbc.state(FIND)
			.params(this.task.id())
			.param(this.relation)
			.query((row, number) -> new Keyset(key(row), values(row, "planned_key"), values(row, "last_key"),
					row.getLong("chunk_rows"), row.getLong("units_left")))
			.optional();
	}

	/**
	 * Return the key that a row of the state holds.
	 */
	static Key key(ResultSet row) throws SQLException {
		return Key.of(List.of((String[]) row.getArray("key_columns").getArray()),
				List.of((String[]) row.getArray("key_types").getArray()));
	}

	/**
	 * Return the values of a key that a row of the state holds, {@code null} if it holds
	 * none.
	 */
	static @Nullable List<String> values(ResultSet row, String column) throws SQLException {
		var array = row.getArray(column);
		return (array != null) ? List.of((String[]) array.getArray()) : null;
	}

	Keyset add(Keyset keyset) {
		this.jdbc.state(ADD)
			.params(this.task.id())
			.param(this.relation)
			.param(array(keyset.key().names()))
			.param(array(keyset.key().types()))
			.param(array(keyset.last()))
			.params(keyset.chunkRows(), keyset.unitsLeft())
			.update();
		return keyset;
	}

	/**
	 * Add chunks behind the last one.
	 * @param ends the last key of each
	 */
	void addChunks(Keyset keyset, List<List<String>> ends) {
		long units = keyset.units(ends);
		for (int number = 0; number < ends.size(); number++) {
			long share = units * (number + 1) / ends.size() - units * number / ends.size();
			addChunk(ends.get(number), share);
		}
	}

	private void addChunk(List<String> end, long units) {
		this.jdbc.state(ADD_CHUNK).params(units).param(array(end)).params(this.task.id()).param(this.relation).update();
		this.jdbc.state(MOVE).param(array(end)).params(units).params(this.task.id()).param(this.relation).update();
	}

	/**
	 * Return values as a parameter of type {@code text[]}.
	 */
	static String @Nullable [] array(@Nullable List<String> values) {
		return (values != null) ? values.toArray(String[]::new) : null;
	}

}
