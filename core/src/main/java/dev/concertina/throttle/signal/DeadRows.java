package dev.concertina.throttle.signal;

import java.util.Set;

import javax.sql.DataSource;

import dev.concertina.schema.TableName;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Limit;
import dev.concertina.throttle.Signal;

/**
 * Which share of the rows of a table of the change is dead; the worst of tables and
 * partitions counts.
 */
public final class DeadRows implements Signal {

	/**
	 * Fewer are left alone: autovacuum, as it is set by default, begins at 50 and a fifth
	 * of the rows, so it may never come to a small table.
	 */
	private static final String WORST = Tables.WITH_PARTITIONS + """
			SELECT relid::regclass::text AS name, n_dead_tup::float8 / (n_live_tup + n_dead_tup) AS share
			  FROM pg_catalog.pg_stat_all_tables
			 WHERE relid IN (SELECT oid FROM relation) AND n_dead_tup >= 1000
			 ORDER BY share DESC
			 LIMIT 1""";

	private final Probe probe;

	private final Limit share;

	/**
	 * Measure how many rows are dead.
	 * @param dataSource the database
	 * @param share the limit of the share of dead rows, from 0 to 1
	 */
	public DeadRows(DataSource dataSource, Limit share) {
		this.probe = new Probe(dataSource);
		this.share = share;
	}

	@Override
	public Signal on(DataSource other) {
		return new DeadRows(other, this.share);
	}

	@Override
	public String name() {
		return "dead rows";
	}

	@Override
	public boolean isOfTables() {
		return true;
	}

	@Override
	public Advice read(Set<TableName> tables) {
		return this.probe
			.ask((jdbc) -> jdbc.sql(WORST)
				.param(Tables.names(tables))
				.query((row, number) -> judge(row.getString("name"), row.getDouble("share")))
				.optional())
			.orElseGet(() -> Advice.goOn("fewer than 1000 in each table"));
	}

	private Advice judge(String table, double dead) {
		return this.share.judge(dead, "%s of the rows of %s are dead (limit %s)".formatted(Units.percent(dead), table,
				Units.percent(this.share.slower())));
	}

}
