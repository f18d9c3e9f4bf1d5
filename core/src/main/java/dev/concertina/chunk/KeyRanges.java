package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.concertina.jdbc.Database;
import dev.concertina.jdbc.StateJdbc;

/**
 * Cuts into ranges of keys what has no blocks to be cut by, some chunks at a time, by
 * walking along the index of the key.
 *
 * <p>
 * It ends at the last key at the first planning. A row behind it, and a row that gets
 * another key, is written after the triggers came, or after all instances of the
 * application write both structures: whoever writes it copies it. To follow the end of a
 * table that grows would have no end.
 */
class KeyRanges {

	/** About as many rows as a range of blocks has; a few batches. */
	private static final long ROWS_PER_CHUNK = 20_000;

	/** A table has not many more chunks than this, as far as the planner knows it. */
	private static final long MAX_CHUNKS = 4_000;

	/** The walk reads this many chunks of an index, while nobody pauses the change. */
	private static final int CHUNKS_AT_ONCE = 64;

	private static final String FORGET = LeafRanges.LEAVES + """
			   , keyed AS (SELECT relation FROM leaf WHERE NOT by_block),
			     step (change_id, phase, step) AS (VALUES (?, ?, ?)),
			     gone AS (DELETE FROM {state}.keyset k
			               USING step
			               WHERE k.change_id = step.change_id AND k.phase = step.phase AND k.step = step.step
			                 AND k.relation NOT IN (SELECT relation FROM keyed)
			           RETURNING k.relation),
			     poison AS (DELETE FROM {state}.poison_row p
			                 USING step
			                 WHERE p.change_id = step.change_id AND p.phase = step.phase AND p.step = step.step
			                   AND p.relation IN (SELECT relation FROM gone))
			DELETE FROM {state}.chunk c
			 USING step
			 WHERE c.change_id = step.change_id AND c.phase = step.phase AND c.step = step.step
			   AND c.filenode IS NULL AND c.relation IN (SELECT relation FROM gone)""";

	/** Those without an open chunk: the others have enough to do. */
	private static final String IDLE = LeafRanges.LEAVES
			+ """
					SELECT name
					  FROM leaf
					 WHERE NOT by_block
					   AND NOT EXISTS (SELECT FROM {state}.chunk c
					                    WHERE c.change_id = ? AND c.phase = ? AND c.step = ? AND c.relation = leaf.relation AND c.open)
					 ORDER BY name""";

	private final long rowsPerChunk;

	private final int chunksAtOnce;

	KeyRanges() {
		this(ROWS_PER_CHUNK, CHUNKS_AT_ONCE);
	}

	/**
	 * Cut into chunks of a size.
	 * @param rowsPerChunk how many rows a chunk has, if they are not too many chunks
	 * @param chunksAtOnce how many chunks are planned at once
	 */
	KeyRanges(long rowsPerChunk, int chunksAtOnce) {
		this.rowsPerChunk = rowsPerChunk;
		this.chunksAtOnce = chunksAtOnce;
	}

	void plan(StateJdbc jdbc, ChunkTask task) {
		readAsBatchesDo(jdbc, task);
		jdbc.state(FORGET).params(LeafRanges.leaves(task)).params(task.id()).update();
		jdbc.state(IDLE)
			.params(LeafRanges.leaves(task))
			.params(task.id())
			.query((row, number) -> row.getString(1))
			.list()
			.forEach((relation) -> plan(jdbc, task, relation));
	}

	/**
	 * Values have the form that they have in batches, and no policy hides a row.
	 */
	private static void readAsBatchesDo(StateJdbc jdbc, ChunkTask task) {
		Map<String, String> settings = new TreeMap<>(task.settings());
		settings.put("row_security", "off");
		Database.setLocal(jdbc, settings);
	}

	private void plan(StateJdbc jdbc, ChunkTask task, String relation) {
		KeysetStore store = new KeysetStore(jdbc, task, relation);
		Keyset keyset = store.find().orElseGet(() -> store.add(begin(jdbc, task, relation)));
		List<String> last = keyset.last();
		if (last == null || last.equals(keyset.planned())) {
			return;
		}
		List<List<String>> ends = ends(new KeyWalk(jdbc, relation, keyset.key()), keyset, last);
		store.addChunks(keyset, ends);
	}

	private Keyset begin(StateJdbc jdbc, ChunkTask task, String relation) {
		Key key = key(jdbc, task, relation);
		KeyWalk walk = new KeyWalk(jdbc, relation, key);
		long nulls = task.order().key().isEmpty() ? 0 : walk.countNulls();
		if (nulls > 0) {
			throw new MissingKeyException("%d rows of %s have NULL in the key (%s)".formatted(nulls, relation, key),
					"Name columns that are never NULL, or give these rows a value; then resume the change.");
		}
		long rows = walk.estimate();
		@Nullable List<String> last = walk.last().orElse(null);
		return new Keyset(key, null, last, Math.max(this.rowsPerChunk, rows / MAX_CHUNKS), (last != null) ? rows : 0);
	}

	private static Key key(StateJdbc jdbc, ChunkTask task, String relation) {
		KeyColumns columns = KeyColumns.of(jdbc);
		if (task.order().key().isEmpty()) {
			return columns.ofAnIndex(relation)
				.orElseThrow(() -> new MissingKeyException(
						"%s has no key to go over it by: no primary key and no unique index over columns that forbid NULL"
							.formatted(relation),
						"Give it one; or name the columns of a key in the step of the plan, as a view and a foreign table need it."));
		}
		return columns.named(relation, task.order().key())
			.orElseThrow(() -> new MissingKeyException(
					"%s lacks a column of the key %s".formatted(relation, task.order().key()),
					"Name columns that it has in the step of the plan."));
	}

	/**
	 * Return the ends of the next chunks, the last of them where the table ends if it is
	 * near.
	 */
	private List<List<String>> ends(KeyWalk walk, Keyset keyset, List<String> last) {
		List<List<String>> ends = new ArrayList<>();
		@Nullable List<String> from = keyset.planned();
		while (ends.size() < this.chunksAtOnce && !last.equals(from)) {
			Optional<List<String>> end = walk.key(new KeyRange(walk.key(), from, last, 0), keyset.chunkRows());
			from = end.orElse(last);
			ends.add(from);
		}
		return ends;
	}

}
