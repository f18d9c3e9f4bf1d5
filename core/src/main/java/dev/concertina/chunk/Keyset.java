package dev.concertina.chunk;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How far a table is cut into ranges of keys.
 *
 * @param key the key
 * @param planned the end of the last chunk, {@code null} if there is none
 * @param last the last key at the first planning, {@code null} if the table was empty
 * @param chunkRows how many rows a chunk has
 * @param unitsLeft what the rows behind the last chunk count for in the progress
 */
record Keyset(Key key, @Nullable List<String> planned, @Nullable List<String> last, long chunkRows, long unitsLeft) {

	/**
	 * Return what the next chunks count for: all that is left if they are the last ones,
	 * else half of it at most. So the whole is what was estimated at first, and the
	 * progress never falls when more is planned, however wrong the estimate is.
	 */
	long units(List<List<String>> ends) {
		return ends.get(ends.size() - 1).equals(this.last) ? this.unitsLeft
				: Math.min(ends.size() * this.chunkRows, this.unitsLeft / 2);
	}

}
