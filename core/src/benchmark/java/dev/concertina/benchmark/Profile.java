package dev.concertina.benchmark;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the time and the WAL of a run have gone, as the server has counted it.
 *
 * @param updates how many UPDATEs there were of tables of the application
 * @param seconds how long the server was at them, planned and executed
 * @param records the kinds of WAL records that take most
 */
record Profile(long updates, double seconds, List<WalRecords> records) {

	/** What {@code shared_preload_libraries} must have. */
	static final String LIBRARY = "pg_stat_statements";

	private static final String UPDATES = """
			SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(total_plan_time + total_exec_time), 0) / 1000 AS seconds
			  FROM pg_stat_statements
			 WHERE query LIKE 'UPDATE ONLY %'""";

	private static final String RECORDS = """
			SELECT "resource_manager/record_type" AS kind, count, record_size AS bytes, fpi_size AS page_bytes
			  FROM pg_get_wal_stats(?::pg_lsn, pg_current_wal_flush_lsn(), true)
			 ORDER BY combined_size DESC
			 LIMIT 5""";

	static void install(JdbcTemplate jdbc) {
		jdbc.execute("CREATE EXTENSION pg_stat_statements");
		jdbc.execute("CREATE EXTENSION pg_walinspect");
	}

	/**
	 * Makes that of a run; of other sessions nothing may run meanwhile.
	 */
	static <T> Profiled<T> of(JdbcTemplate jdbc, Supplier<T> run) {
		jdbc.execute("SELECT pg_stat_statements_reset()");
		String start = String.valueOf(jdbc.queryForObject("SELECT pg_current_wal_insert_lsn()::text", String.class));
		T result = run.get();
		List<WalRecords> records = jdbc.query(RECORDS, (row, number) -> new WalRecords(row.getString("kind"),
				row.getLong("count"), row.getLong("bytes"), row.getLong("page_bytes")), start);
		return JdbcClient.create(jdbc)
			.sql(UPDATES)
			.query((row, number) -> new Profiled<>(result,
					new Profile(row.getLong("calls"), row.getDouble("seconds"), records)))
			.single();
	}

	/**
	 * WAL records of one kind.
	 *
	 * @param bytes how large they are without the pages in them
	 * @param pageBytes how large the pages in them are
	 */
	record WalRecords(String kind, long count, long bytes, long pageBytes) {

		List<String> cells() {
			return List.of(this.kind, "%,d".formatted(this.count), "%.0f".formatted(this.bytes / 1e6),
					"%.0f".formatted(this.pageBytes / 1e6));
		}

	}

	/**
	 * What a run has yielded, and its profile.
	 */
	record Profiled<T>(T result, Profile profile) {

	}

}
