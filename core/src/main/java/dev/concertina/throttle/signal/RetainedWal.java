package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How much WAL the server keeps because a replication slot still needs it; the slot that
 * needs most counts. What a forgotten slot keeps fills the disk in the end.
 */
public final class RetainedWal implements Signal {

	private static final String MOST = """
			SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8 AS bytes
			  FROM pg_catalog.pg_replication_slots
			 WHERE restart_lsn IS NOT NULL
			 ORDER BY bytes DESC
			 LIMIT 1""";

	private final Probe probe;

	private final Limit bytes;

	/**
	 * Measure what slots keep.
	 * @param dataSource the database
	 * @param bytes the limit of the WAL that a slot keeps, in bytes
	 */
	public RetainedWal(DataSource dataSource, Limit bytes) {
		this.probe = new Probe(dataSource);
		this.bytes = bytes;
	}

	@Override
	public Signal on(DataSource other) {
		return new RetainedWal(other, this.bytes);
	}

	@Override
	public String name() {
		return "retained WAL";
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe
			.ask((jdbc) -> jdbc.sql(MOST)
				.query((row, number) -> judge(row.getString("slot_name"), row.getDouble("bytes")))
				.optional())
			.orElseGet(() -> Advice.goOn("no replication slot"));
	}

	private Advice judge(String slot, double kept) {
		return this.bytes.judge(kept,
				"slot %s keeps %s (limit %s)".formatted(slot, Units.bytes(kept), Units.bytes(this.bytes.slower())));
	}

}
