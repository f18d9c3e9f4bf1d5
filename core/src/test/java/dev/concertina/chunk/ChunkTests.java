package dev.concertina.chunk;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkTests {

	/** A range of blocks asks no database where its parts end. */
	private static final JdbcTemplate NONE = new JdbcTemplate();

	@Test
	void goesOverItsBlocksOnceInEachPass() {
		assertThat(parts(chunk(new BlockPosition(10, 10, 15, 0, 2), null), 3)).containsExactly(
				new BlockRange(10, 13, 0, 2), new BlockRange(13, 15, 0, 2), new BlockRange(10, 13, 1, 2),
				new BlockRange(13, 15, 1, 2));
	}

	@Test
	void isCutIntoPartsOfAboutTheSameSize() {
		assertThat(parts(chunk(new BlockPosition(0, 0, 512, 0, 1), null), 500))
			.containsExactly(new BlockRange(0, 256, 0, 1), new BlockRange(256, 512, 0, 1));
	}

	@Test
	void goesOnWhereAWorkerHasLeftIt() {
		assertThat(parts(chunk(new BlockPosition(10, 13, 15, 1, 2), null), 3))
			.containsExactly(new BlockRange(13, 15, 1, 2));
	}

	@Test
	void hasSmallBatchesAfterAFailureThatGrowAgain() {
		assertThat(parts(chunk(new BlockPosition(0, 0, 8, 0, 1), 2L), 500)).containsExactly(new BlockRange(0, 2, 0, 1),
				new BlockRange(2, 5, 0, 1), new BlockRange(5, 8, 0, 1));
		assertThat(parts(chunk(new BlockPosition(0, 0, 3, 0, 1), 0L), 500)).containsExactly(new BlockRange(0, 1, 0, 1),
				new BlockRange(1, 3, 0, 1));
	}

	@Test
	void isHalvedDownToOneBlockOrAHundredKeys() {
		Chunk blocks = chunk(new BlockPosition(0, 0, 8, 0, 1), null);
		assertThat(blocks.maxUnitsAfterFailure(new BlockRange(0, 5, 0, 1))).isEqualTo(2);
		assertThat(blocks.maxUnitsAfterFailure(new BlockRange(0, 1, 0, 1))).isZero();
		Key key = Key.of(List.of("id"), List.of("pg_catalog.int8"));
		Chunk keys = chunk(new KeyPosition(key, null, List.of("9"), 9, 0), null);
		assertThat(keys.maxUnitsAfterFailure(new KeyRange(key, null, List.of("9"), 300))).isEqualTo(150);
		assertThat(keys.maxUnitsAfterFailure(new KeyRange(key, null, List.of("9"), 100))).isZero();
	}

	private static Chunk chunk(Position position, @Nullable Long maxUnits) {
		return new Chunk(1, "orders", position, 0, maxUnits);
	}

	private static List<Part> parts(Chunk chunk, long blocks) {
		List<Part> parts = new ArrayList<>();
		Chunk left = chunk;
		while (!isDone((BlockPosition) left.position())) {
			Position.Head head = left.head(NONE, blocks);
			parts.add(head.part());
			left = chunk(head.after(), left.maxUnitsNext());
		}
		return parts;
	}

	private static boolean isDone(BlockPosition position) {
		return position.next() == position.end();
	}

}
