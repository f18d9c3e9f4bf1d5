package dev.concertina.benchmark;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that pgroll (v0.16, {@code pkg/backfill}) sends: a flag column, a
 * trigger that does the work, and an UPDATE of each row to itself, 1000 at a time in the
 * order of the key.
 */
record PgrollSequence(Workload workload) implements Approach {

	private static final int BATCH = 1000;

	private static final String FUNCTION = """
			CREATE FUNCTION copy_total() RETURNS trigger LANGUAGE plpgsql AS $$
			DECLARE
			  latest_schema text := 'public_v2';
			  search_path text;
			BEGIN
			  SELECT current_setting INTO search_path FROM current_setting('search_path');
			  IF search_path <> latest_schema THEN
			    NEW.total = NEW.price * NEW.quantity;
			    NEW.needs_backfill = false;
			  END IF;
			  RETURN NEW;
			END $$""";

	@Override
	public String title() {
		return "statements of pgroll";
	}

	@Override
	public Filling prepare(Copy copy) {
		this.workload.expand().forEach((sql) -> copy.jdbc().sql(sql).update());
		copy.jdbc().sql("ALTER TABLE line ADD COLUMN needs_backfill boolean DEFAULT true").update();
		copy.jdbc().sql(FUNCTION).update();
		copy.jdbc()
			.sql("CREATE TRIGGER copy_total BEFORE INSERT OR UPDATE ON line FOR EACH ROW EXECUTE FUNCTION copy_total()")
			.update();
		return () -> Span.of(() -> fill(copy.jdbc()));
	}

	private static void fill(JdbcClient jdbc) {
		Optional<Object> last = batch(jdbc, Optional.empty());
		while (last.isPresent()) {
			last = batch(jdbc, last);
		}
	}

	private static Optional<Object> batch(JdbcClient jdbc, Optional<Object> last) {
		JdbcClient.StatementSpec batch = jdbc
			.sql("""
					WITH batch AS (SELECT id FROM line WHERE needs_backfill = true%s ORDER BY id LIMIT %d FOR NO KEY UPDATE),
					     updated AS (UPDATE line SET id = line.id FROM batch WHERE line.id = batch.id RETURNING line.id)
					SELECT last_value(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM updated LIMIT 1"""
				.formatted(last.isPresent() ? " AND id > ?" : "", BATCH));
		return (last.isPresent() ? batch.param(last.get()) : batch).query((row, number) -> row.getObject(1)).optional();
	}

}
