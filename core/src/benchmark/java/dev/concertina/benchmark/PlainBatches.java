package dev.concertina.benchmark;

import java.util.stream.IntStream;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The UPDATEs of our batches by one session, without anything around them: what is left
 * is the time of PostgreSQL itself. With a trigger, PostgreSQL locks each row, and writes
 * that to the WAL, before it finds out that the trigger does not fire.
 *
 * @param workload a workload that is filled by an expression
 * @param passes in how many passes each range is gone over; ours are 6
 * @param trigger whether there is a trigger that never fires
 */
record PlainBatches(Workload workload, int passes, boolean trigger) implements Approach {

	private static final int BLOCKS = 880;

	private static final String NEVER = """
			CREATE TRIGGER never BEFORE UPDATE ON line FOR EACH ROW WHEN (NEW.id IS NULL)
			EXECUTE FUNCTION suppress_redundant_updates_trigger()""";

	@Override
	public String title() {
		return "plain SQL, %d passes, %s".formatted(this.passes,
				this.trigger ? "a trigger that never fires" : "no trigger");
	}

	@Override
	public Filling prepare(Copy copy) {
		this.workload.expand().forEach((sql) -> copy.jdbc().sql(sql).update());
		if (this.trigger) {
			copy.jdbc().sql(NEVER).update();
		}
		long blocks = copy.figure("SELECT pg_relation_size('line') / current_setting('block_size')::int");
		return () -> Span.of(() -> fill(copy, blocks));
	}

	private void fill(Copy copy, long blocks) {
		SingleConnectionDataSource session = new SingleConnectionDataSource(copy.access().url(), copy.access().user(),
				"", true);
		JdbcTemplate jdbc = new JdbcTemplate(session);
		jdbc.execute("SET synchronous_commit = off");
		for (long first = 0; first < blocks; first += BLOCKS) {
			String update = "%s WHERE ctid >= '(%d,0)'::tid AND ctid < '(%d,0)'::tid AND "
				.formatted(this.workload.oneShot(), first, Math.min(first + BLOCKS, blocks));
			IntStream.range(1, this.passes)
				.forEach((pass) -> jdbc
					.update(update + "CASE WHEN get_byte(tidsend(ctid), 5) %% %d = %d THEN total IS NULL ELSE false END"
						.formatted(this.passes, pass)));
			jdbc.update(update + "total IS NULL");
		}
		session.destroy();
	}

}
