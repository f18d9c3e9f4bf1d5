package dev.concertina.chunk;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.concertina.plan.RangedSql;
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
	void selectsEachRowInOnePassAndAboutAsManyInEach() {
		this.db.execute("CREATE TABLE orders (id bigint, pass integer)").withRows("orders", 10_000, "n");
		IntStream.range(0, 4).forEach(this::update);
		assertThat(this.db.jdbc()
			.sql("SELECT count(*) FROM orders GROUP BY pass")
			.query((row, number) -> row.getLong(1))
			.list()).hasSize(4).allSatisfy((rows) -> assertThat(rows).isBetween(2_000L, 3_000L));
	}

	private void update(int pass) {
		RangedSql update = new RangedSql("UPDATE", " SET pass = %d WHERE".formatted(pass), "pass IS NULL");
		this.db.execute(update.sql("orders", new BlockRange(0, 1000, pass, 4).rows()));
	}

}
