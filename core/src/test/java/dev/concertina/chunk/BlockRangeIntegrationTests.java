package dev.concertina.chunk;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class BlockRangeIntegrationTests {

	private final TestDatabase db;

	BlockRangeIntegrationTests(TestDatabase db) {
		this.db = db;
	}

	@Test
	void selectsEachRowInExactlyOnePassAndAboutAsManyInEach() {
		this.db.execute("CREATE TABLE orders (id bigint)").withRows("orders", 10_000, "n");
		List<Long> counts = IntStream.range(0, 4).mapToObj((pass) -> rows(new BlockRange(0, 1000, pass, 4))).toList();
		assertThat(counts).allSatisfy((count) -> assertThat(count).isBetween(2_000L, 3_000L))
			.satisfies((all) -> assertThat(all.stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000));
	}

	private long rows(BlockRange range) {
		return this.db.jdbc()
			.sql("SELECT count(*) FROM orders AS source WHERE " + range.condition())
			.query(Long.class)
			.single();
	}

}
