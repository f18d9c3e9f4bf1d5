package dev.concertina.chunk;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.concertina.change.Change;
import dev.concertina.operation.RenameColumn;
import dev.concertina.testing.Application;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.Session;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In how many passes the chunks of a table are gone over: those of the plan, until the
 * first chunks show that it is in vain.
 */
@PostgresTest
class PassesIntegrationTests {

	private static final Change CHANGE = Change.version("1", "change")
		.operation(RenameColumn.of("line", "price", "amount"))
		.build();

	private final TestDatabase db;

	private final Application application;

	PassesIntegrationTests(TestDatabase db) {
		this.db = db;
		this.application = Application.of(db, CHANGE);
	}

	@Test
	void letTheTableGrowByAQuarter() {
		createLine("");
		long before = blocks();
		copy();
		assertThat(passes()).containsOnly(6);
		assertThat(blocks()).isBetween(before * 12 / 10, before * 14 / 10);
	}

	@Test
	void areMoreWithAnotherIndex() {
		createLine("");
		this.db.execute("CREATE INDEX ON line (price, id)");
		copy();
		assertThat(passes()).containsOnly(8);
	}

	@Test
	void areAsManyAsTheRoomOfABlockAsksFor() {
		createLine(" WITH (fillfactor = 70)");
		long before = blocks();
		copy();
		assertThat(passes()).as("after it was tried once whether one is enough")
			.startsWith(3, 1, 3, 3, 3)
			.endsWith(3, 3);
		assertThat(blocks()).isLessThan(before * 11 / 10);
	}

	@Test
	void areOneForAFewBlocks() {
		this.db.execute("CREATE TABLE line (id bigint PRIMARY KEY, price int)").withRows("line", 100, "n, n");
		copy();
		assertThat(passes()).containsOnly(1);
	}

	@Test
	void becomeOneWhereAnOldSnapshotKeepsWhatIsDead() {
		createLine("");
		this.application.start();
		Session report = this.db.session("report").execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT");
		this.application.run(CHANGE);
		report.commit();
		assertThat(passes()).startsWith(6).endsWith(1);
	}

	@Test
	void becomeOneWhereEveryBlockHasRoom() {
		createLine(" WITH (fillfactor = 45)");
		long before = blocks();
		copy();
		assertThat(passes()).startsWith(2).endsWith(1);
		assertThat(blocks()).isLessThan(before * 11 / 10);
	}

	/**
	 * Each chunk has 256 blocks, and eight chunks are gone over by turns.
	 */
	private void createLine(String storage) {
		this.db
			.execute("CREATE TABLE line (id bigint PRIMARY KEY, price int, pad text)" + storage,
					"ALTER TABLE line ALTER COLUMN pad SET STORAGE PLAIN")
			.withRows("line", 25_000, "n, n, repeat('x', 900)");
	}

	private void copy() {
		this.application.start().run(CHANGE);
		assertThat(this.application.status(CHANGE).backfill().fraction()).isEqualTo(1);
	}

	private List<Integer> passes() {
		return this.db.jdbc()
			.sql("SELECT passes FROM concertina.chunk WHERE phase = 'BACKFILL' ORDER BY id")
			.query((row, number) -> row.getInt(1))
			.list();
	}

	private long blocks() {
		return this.db.jdbc()
			.sql("SELECT pg_relation_size('line') / current_setting('block_size')::bigint")
			.query(Long.class)
			.single();
	}

}
