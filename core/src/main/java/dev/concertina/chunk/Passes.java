package dev.concertina.chunk;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether a worker goes over a chunk in several passes, or once.
 *
 * <p>
 * The plan goes by the catalog. The first chunks tell what it can't: where a first pass
 * finds room in most blocks, or where an old snapshot keeps what a pass leaves behind
 * from being removed, several passes cost more than one and yield nothing.
 */
final class Passes {

	private static final double ENOUGH_ROOM = 0.8;

	private static final double NOTHING_IS_REMOVED = 0.2;

	/** After so many chunks the snapshot may be gone. */
	private static final int LOOK_AGAIN = 16;

	private final Map<String, Overwritten> before = new HashMap<>();

	private boolean room;

	/** The blocks had room for the rows of a first pass, but not for all. */
	private boolean onlyForAPart;

	private boolean inVain;

	private int chunks;

	/**
	 * Return the chunk as it shall be gone over.
	 */
	Chunk of(Chunk claimed) {
		return (this.room || this.inVain) ? claimed.inOnePass() : claimed;
	}

	/**
	 * Learn from a batch.
	 * @param chunk the chunk of which it was a part
	 * @param lately what this session has overwritten in the table up to now
	 */
	void finished(Chunk chunk, Overwritten lately) {
		Overwritten batch = lately.since(this.before.put(chunk.relation(), lately));
		if (batch.isTelling()) {
			learn(chunk.position(), batch.shareInTheirBlock());
		}
	}

	private void learn(Position position, double share) {
		if (position.pass() == 0) {
			boolean enough = share >= ENOUGH_ROOM;
			this.onlyForAPart |= this.room && !enough;
			this.room = enough && !this.onlyForAPart;
		}
		else {
			this.inVain = share <= NOTHING_IS_REMOVED;
			this.chunks = 0;
		}
		if (position.passes() == 1) {
			this.chunks++;
			this.inVain = this.inVain && this.chunks < LOOK_AGAIN;
		}
	}

}
