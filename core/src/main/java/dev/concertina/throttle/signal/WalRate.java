package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * How much WAL the whole server writes a second, from one reading to the next. A part of
 * it is the backfill's own.
 */
public final class WalRate implements Signal {

	private static final String WRITTEN = """
			SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS bytes,
			       extract(epoch FROM clock_timestamp())::float8 AS at""";

	private final Probe probe;

	private final Limit bytesPerSecond;

	private @Nullable Written last;

	/**
	 * Measure the rate of WAL.
	 * @param dataSource the database
	 * @param bytesPerSecond the limit, in bytes a second
	 */
	public WalRate(DataSource dataSource, Limit bytesPerSecond) {
		this.probe = new Probe(dataSource);
		this.bytesPerSecond = bytesPerSecond;
	}

	@Override
	public Signal on(DataSource other) {
		return new WalRate(other, this.bytesPerSecond);
	}

	@Override
	public String name() {
		return "WAL rate";
	}

	@Override
	public synchronized Advice read(Set<TableName> tables) {
		Written now = this.probe.ask((jdbc) -> jdbc.sql(WRITTEN)
			.query((row, number) -> new Written(row.getDouble("bytes"), row.getDouble("at")))
			.single());
		Written before = this.last;
		this.last = now;
		if (before == null || now.at() <= before.at()) {
			return Advice.goOn("measured from now on");
		}
		double rate = (now.bytes() - before.bytes()) / (now.at() - before.at());
		return this.bytesPerSecond.judge(rate,
				"%s a second (limit %s)".formatted(Units.bytes(rate), Units.bytes(this.bytesPerSecond.slower())));
	}

	private record Written(double bytes, double at) {

	}

}
