package dev.concertina.chunk;

import org.jspecify.annotations.Nullable;

/**
 * A batch that may fail.
 *
 * @param chunk the chunk that was claimed for it
 * @param part what it goes over, {@code null} while that is looked for
 */
record Batch(Chunk chunk, @Nullable Part part) {

	/**
	 * Return how many units the next attempt may have, {@code null} for as many.
	 */
	@Nullable Long maxUnits() {
		return (this.part != null) ? Long.valueOf(this.chunk.maxUnitsAfterFailure(this.part)) : null;
	}

}
