package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkTests {

	@Test
	void goesOverItsBlocksOnceInEachPass() {
		assertThat(parts(new Chunk(1, "orders", 10, 10, 15, 0, 2, null), 3)).containsExactly(
				new BlockRange(10, 13, 0, 2), new BlockRange(13, 15, 0, 2), new BlockRange(10, 13, 1, 2),
				new BlockRange(13, 15, 1, 2));
	}

	@Test
	void isCutIntoPartsOfAboutTheSameSize() {
		assertThat(parts(new Chunk(1, "orders", 0, 0, 512, 0, 1, null), 500))
			.containsExactly(new BlockRange(0, 256, 0, 1), new BlockRange(256, 512, 0, 1));
	}

	@Test
	void goesOnWhereAWorkerHasLeftIt() {
		assertThat(parts(new Chunk(1, "orders", 10, 13, 15, 1, 2, null), 3))
			.containsExactly(new BlockRange(13, 15, 1, 2));
	}

	@Test
	void hasSmallBatchesAfterAFailureThatGrowAgain() {
		assertThat(parts(new Chunk(1, "orders", 0, 0, 8, 0, 1, 2L), 500)).containsExactly(new BlockRange(0, 2, 0, 1),
				new BlockRange(2, 5, 0, 1), new BlockRange(5, 8, 0, 1));
		assertThat(parts(new Chunk(1, "orders", 0, 0, 3, 0, 1, 0L), 500)).containsExactly(new BlockRange(0, 1, 0, 1),
				new BlockRange(1, 3, 0, 1));
	}

	private static List<BlockRange> parts(Chunk chunk, long blocks) {
		List<BlockRange> parts = new ArrayList<>();
		for (Chunk left = chunk; left.next() < left.end(); left = left.after(parts.get(parts.size() - 1))) {
			parts.add(left.head(blocks));
		}
		return parts;
	}

}
